import type { TransportListenInfo } from 'mediasoup/types';

/** Where the media of browsers comes in, UDP and TCP. */
export interface RtcListen {
  readonly ip: string;
  /** What browsers are told instead, where they reach this machine by another address; null = `ip` itself. */
  readonly announcedAddress: string | null;
  /** Each worker takes one port of the range for UDP and one for TCP; a single port (both equal) serves one worker. */
  readonly ports: { readonly min: number; readonly max: number };
}

export function listenInfosOf({ ip, announcedAddress, ports }: RtcListen): TransportListenInfo[] {
  return (['udp', 'tcp'] as const).map((protocol) => ({
    protocol,
    ip,
    portRange: { min: ports.min, max: ports.max },
    ...(announcedAddress === null ? {} : { announcedAddress }),
  }));
}

/** Throws when that many workers cannot have a port each. */
export function assertEnoughPorts({ ports }: RtcListen, workers: number): void {
  const { min, max } = ports;
  if (!(Number.isInteger(min) && Number.isInteger(max) && min > 0 && min <= max && max <= 65_535)) {
    throw new Error(`Media ports ${min} to ${max} are no range; from 1 to 65535 is expected.`);
  }
  if (max - min + 1 < workers) {
    throw new Error(
      `${workers} media workers need a port each, and ${min} to ${max} has ${max - min + 1}. ` +
        'Give a larger range, or fewer workers.',
    );
  }
}

/** The fault of listening, with what to do. */
export function listenFault({ ip, ports }: RtcListen, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const where = ports.min === ports.max ? `${ports.min}` : `${ports.min} to ${ports.max}`;
  return new Error(
    `Media cannot listen on ${ip}, port ${where}, UDP and TCP: ${reason}. ` +
      'Stop the program that holds it, or give another address or range of ports.',
    { cause },
  );
}
