import type { KeyObject } from 'node:crypto';
import { refuse, type Refusal } from '@sightline/contracts';
import { findSource, type Store, type TerminalSource } from '@sightline/store';
import { readDeviceKey, verifySignature } from '#access/device-key.ts';
import type { Nonces } from '#access/nonces.ts';
import type { DeviceToken } from '#domain/device-token.ts';
import { limits } from '#limits.ts';
import { within } from '#within.ts';

export interface SourceProof {
  readonly source: string;
  readonly token: DeviceToken;
  /** What the nonce was signed for: a token of one use opens no other. */
  readonly text: string;
}

export interface ProvenSource {
  readonly found: TerminalSource;
  readonly key: KeyObject;
}

/**
 * Whether a device signed a nonce of ours, not used before, with the key it was enrolled with, and that
 * key is not revoked. Refuses `bad-nonce`, `not-enrolled`, `revoked`, `bad-signature`; rejects when the
 * database is away.
 */
export async function proveSource(
  { source, token, text }: SourceProof,
  { store, nonces }: { readonly store: Store; readonly nonces: Nonces },
): Promise<ProvenSource | Refusal> {
  if (!nonces.consume(source, token.nonce)) {
    return refuse('bad-nonce', 'the nonce is unknown, used or older than 60 s');
  }
  const asked = findSource(store.pool, source);
  const found = await within(asked, limits.authenticateMs, 'Looking up a source');
  const key = found === null ? null : readDeviceKey(found.publicKey);
  if (found === null || key === null) return refuse('not-enrolled', 'the source is not enrolled');
  if (found.revokedAt !== null) {
    return refuse('revoked', `the source was revoked at ${found.revokedAt}`);
  }
  if (!verifySignature(key, text, token.sig)) {
    return refuse('bad-signature', 'the nonce is not signed by this source');
  }
  return { found, key };
}
