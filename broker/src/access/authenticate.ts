import { connectText, isRefusal } from '@sightline/contracts';
import type { Store, TerminalSource } from '@sightline/store';
import type { Nonces } from '#access/nonces.ts';
import { proveSource } from '#access/prove-source.ts';
import { accessOf } from '#domain/access.ts';
import { isSource, parseDeviceToken } from '#domain/device-token.ts';
import { limits } from '#limits.ts';
import type { ConnectRefusal, ConnectWish } from '#mqtt/mqtt-door.ts';
import type { Session } from '#session.ts';

export interface AuthenticateDeps {
  readonly store: Store;
  readonly nonces: Nonces;
  /** The source is who it says; where its chain stands comes with it. */
  readonly onProven: (source: TerminalSource) => void;
}

/** Lets a terminal in that proved its key (`proveSource`). Rejects when the database is away. */
export async function authenticate(
  wish: ConnectWish,
  { store, nonces, onProven }: AuthenticateDeps,
): Promise<Session | ConnectRefusal> {
  const wrong = checkWish(wish);
  if (wrong !== null) return { returnCode: 5, reason: wrong };
  const { userName: source } = wish;
  const token = parseDeviceToken(wish.password);
  if (token === null) return { returnCode: 4, reason: 'the password is no device token' };
  const text = connectText(source, token.nonce);
  const proven = await proveSource({ source, token, text }, { store, nonces });
  if (isRefusal(proven)) {
    const isCredential = proven.code === 'bad-nonce' || proven.code === 'bad-signature';
    return { returnCode: isCredential ? 4 : 5, reason: proven.detail };
  }
  const { found, key } = proven;
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
