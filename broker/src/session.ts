import type { KeyObject } from 'node:crypto';
import type { Access } from '#domain/access.ts';
import type { Sender } from '#domain/check-fact.ts';

/** A connected, proven terminal. */
export interface Session {
  readonly sender: Sender;
  readonly access: Access;
  readonly key: KeyObject;
}
