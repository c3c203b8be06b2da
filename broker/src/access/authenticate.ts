import { connectText } from '@sightline/contracts';
import { findSource, type Store, type TerminalSource } from '@sightline/store';
import { readDeviceKey, verifySignature } from '#access/device-key.ts';
import type { Nonces } from '#access/nonces.ts';
import { accessOf } from '#domain/access.ts';
import { isSource, parseDeviceToken } from '#domain/device-token.ts';
import { limits } from '#limits.ts';
import type { ConnectRefusal, ConnectWish } from '#mqtt/mqtt-door.ts';
import type { Session } from '#session.ts';
import { within } from '#within.ts';

export interface AuthenticateDeps {
  readonly store: Store;
  readonly nonces: Nonces;
  /** The source is who it says; where its chain stands comes with it. */
  readonly onProven: (source: TerminalSource) => void;
}

/**
 * Proves a terminal: it signed a nonce of ours, not used before, with the key it was enrolled with, and
 * that key is not revoked. Rejects when the database is away.
 */
export async function authenticate(
  wish: ConnectWish,
  { store, nonces, onProven }: AuthenticateDeps,
): Promise<Session | ConnectRefusal> {
  const wrong = checkWish(wish);
  if (wrong !== null) return { returnCode: 5, reason: wrong };
  const { userName: source } = wish;
  const token = parseDeviceToken(wish.password);
  if (token === null || !nonces.consume(source, token.nonce)) {
    return { returnCode: 4, reason: 'the nonce is unknown, used or older than 60 s' };
  }
  const asked = findSource(store.pool, source);
  const found = await within(asked, limits.authenticateMs, 'Looking up a source');
  const key = found === null ? null : readDeviceKey(found.publicKey);
  if (found === null || key === null)
    return { returnCode: 5, reason: 'the source is not enrolled' };
  if (found.revokedAt !== null) {
    return { returnCode: 5, reason: `the source was revoked at ${found.revokedAt}` };
  }
  if (!verifySignature(key, connectText(source, token.nonce), token.sig)) {
    return { returnCode: 4, reason: 'the nonce is not signed by this source' };
  }
  onProven(found);
  const { terminalId, region } = found;
  return { sender: { source, terminalId, region }, access: accessOf(found), key };
}

/** How a terminal connects, apart from who it is. */
function checkWish(wish: ConnectWish): string | null {
  if (!isSource(wish.userName)) return 'the user name is no source';
  if (wish.clientId !== wish.userName) return 'the client id is not the source';
  if (!wish.isClean) return 'only clean sessions are kept here';
  if (wish.hasWill) return 'wills are not taken here';
  if (wish.keepAliveS < 1 || wish.keepAliveS > limits.keepAliveS) {
    return `keep-alive must be 1 to ${limits.keepAliveS} s`;
  }
  return null;
}
