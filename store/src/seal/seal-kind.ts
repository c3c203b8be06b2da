import type { SealBinding, SealedText } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

/** Something sealed that nobody opened yet, with the private half of the very terminal's key. */
export interface Sealed {
  readonly id: string;
  readonly sealed: SealedText;
  /** Null = the key is destroyed, or was another terminal's: that seal is nobody's. */
  readonly privateKey: Buffer | null;
}

/** One kind of words that terminals seal, and the erasable table they are opened into. */
export interface SealKind {
  readonly kind: SealBinding['kind'];
  find(db: Queryable, limit: number): Promise<readonly Sealed[]>;
  /** `opened`: what came out of the seal, unchecked; null = it could not be opened. */
  write(db: Queryable, id: string, opened: unknown): Promise<void>;
}
