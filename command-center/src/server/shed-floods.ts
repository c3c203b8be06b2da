import type { IncomingMessage, ServerResponse } from 'node:http';
import { networkBehind } from '#domain/sign-in-network.ts';
import { limits } from '#limits.ts';

/**
 * 洪水. A request that will be refused anyway is refused before anything is spent on it: that of an
 * address refused again and again within the minute, and a sign-in while too many wait for a turn.
 */
export interface Floods {
  /** Whether this request was one too many; then it has been answered. */
  readonly shed: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** This connection's request was refused for asking too often. */
  readonly noteRefused: (request: IncomingMessage) => void;
}

export interface FloodDeps {
  /** Whether a sign-in would find no turn. */
  readonly isSignInFull: () => boolean;
  /** What comes from this machine comes from its proxy, so from many. */
  readonly hasProxy: boolean;
  readonly nowMs?: () => number;
}

const code = 'too-many-requests';
const body = JSON.stringify({
  type: `urn:sightline:${code}`,
  status: 429,
  code,
  detail: 'Too many requests. Try again in a minute.',
});
const headers = {
  'content-type': 'application/problem+json',
  'content-length': Buffer.byteLength(body),
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'retry-after': String(limits.refusalsWindowMs / 1_000),
};

export function openFloods({
  isSignInFull,
  hasProxy,
  nowMs = () => performance.now(),
}: FloodDeps): Floods {
  const refused = new Map<string, number>();
  let windowEndsMs = 0;
  const networkOf = ({ socket }: IncomingMessage) =>
    networkBehind(socket.remoteAddress, { hasProxy });
  const isFlooding = (request: IncomingMessage): boolean => {
    if (refused.size === 0) return false;
    if (nowMs() >= windowEndsMs) refused.clear();
    const network = networkOf(request);
    return network !== null && (refused.get(network) ?? 0) >= limits.refusalsPerAddress;
  };
  return {
    shed: (request, response) => {
      const isSignIn = request.method === 'POST' && request.url === '/api/session';
      if (!isFlooding(request) && !(isSignIn && isSignInFull())) return false;
      response.writeHead(429, headers).end(body);
      return true;
    },
    noteRefused: (request) => {
      if (refused.size === 0) windowEndsMs = nowMs() + limits.refusalsWindowMs;
      const network = networkOf(request);
      if (network === null || refused.size >= limits.refusedAddresses) return;
      refused.set(network, (refused.get(network) ?? 0) + 1);
    },
  };
}
