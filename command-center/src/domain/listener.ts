const loopback: readonly string[] = ['127.0.0.1', 'localhost', '::1'];

/** Whether an address of a socket is this machine itself. */
export function isLoopback(address: string): boolean {
  return address === '::1' || address.replace('::ffff:', '').startsWith('127.');
}

/** Plain HTTP is for this machine alone: the sentence that stops the start, or null. */
export function refusePlainListener(host: string, hasTls: boolean): string | null {
  if (hasTls || loopback.includes(host)) return null;
  return (
    `The centre would listen on ${host} without TLS. Set SIGHTLINE_CENTRE_TLS_CERT and ` +
    'SIGHTLINE_CENTRE_TLS_KEY, or listen on 127.0.0.1 behind a TLS proxy.'
  );
}

export interface Door {
  readonly port: number;
  readonly secure: boolean;
  readonly publicHosts: readonly string[];
}

/** Whether a Host header names this server: anything else is a rebinding trick. */
export function isKnownHost(host: string | undefined, door: Door): boolean {
  if (host === undefined) return false;
  const name = host.toLowerCase();
  const own = loopback.map((each) => `${each.includes(':') ? `[${each}]` : each}:${door.port}`);
  return own.includes(name) || door.publicHosts.includes(name);
}

/** Whether an Origin header is a page of this server. A proxy in front may speak https. */
export function isKnownOrigin(origin: string | undefined, door: Door): boolean {
  if (origin === undefined) return false;
  const [scheme, host] = origin.split('://');
  if (host === undefined) return false;
  const isProxied = door.publicHosts.includes(host.toLowerCase());
  const expected = door.secure ? 'https' : 'http';
  return isKnownHost(host, door) && (scheme === expected || (isProxied && scheme === 'https'));
}
