import Type, { type Static } from 'typebox';
import { uuidPattern } from './fact.ts';

/** Words written at a terminal, for the centre's eyes: DHKEM(X25519), HKDF-SHA256, AES-256-GCM. */
export const SealedText = Type.Object(
  {
    keyId: Type.String({ pattern: uuidPattern }),
    /** The encapsulated key, 32 bytes, base64url. */
    enc: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
    /** Ciphertext and 16-byte tag of JSON, base64url; what it belongs to is bound in. */
    box: Type.String({ maxLength: 5_000, pattern: '^[A-Za-z0-9_-]+$' }),
  },
  { additionalProperties: false },
);
export type SealedText = Static<typeof SealedText>;

/** What a seal is bound to: words of one kind never open as words of another, nor of another id. */
export interface SealBinding {
  readonly kind: 'complaint' | 'hand-over' | 'appeal';
  /** Of the complaint, the item or the appeal: the additional data of the cipher. */
  readonly id: string;
}

/** HKDF's info of a seal. */
export function sealInfo({ kind }: SealBinding): string {
  return `sightline ${kind} v1`;
}
