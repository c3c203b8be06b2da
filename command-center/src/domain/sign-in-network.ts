import { isLoopback } from './listener.ts';

const mapped = '::ffff:';
/** Who is given an IPv6 network is given at least these: 64 bits, so 2^64 addresses of one person. */
const groupsOfNetwork = 4;
const groupsOfAddress = 8;

/**
 * What attempts are counted by: an IPv4 address, or the /64 an IPv6 address lies in (RFC 6177), for
 * whoever has one address there has them all.
 */
export function networkOf(address: string): string {
  const text = address.toLowerCase();
  if (text.startsWith(mapped) && text.includes('.')) return text.slice(mapped.length);
  if (!text.includes(':')) return text;
  const [front = '', back] = text.split('::');
  const head = front === '' ? [] : front.split(':');
  const tail = back === undefined || back === '' ? [] : back.split(':');
  const gap = back === undefined ? 0 : Math.max(0, groupsOfAddress - head.length - tail.length);
  const groups = [...head, ...Array.from({ length: gap }, () => '0'), ...tail];
  const network = groups.slice(0, groupsOfNetwork).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${network.join(':')}::/64`;
}

/**
 * Whose share a connection counts in; null = nobody's: behind a proxy on this machine, what comes from
 * the loopback comes from many.
 */
export function networkBehind(
  address: string | undefined,
  { hasProxy }: { readonly hasProxy: boolean },
): string | null {
  const known = address ?? '';
  return hasProxy && isLoopback(known) ? null : networkOf(known);
}
