import { pageLimits } from './limits.ts';

/**
 * Turns the `#token` of a screen's link into its cookie and takes it out of the address. Returns
 * false when the token is not valid any more; without a token the cookie of before is tried.
 */
export async function openSession(): Promise<boolean> {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return true;
  history.replaceState(null, '', location.pathname);
  const reply = await fetch('/api/viewer-session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
    signal: AbortSignal.timeout(pageLimits.snapshotMs),
  });
  return reply.ok;
}
