import { randomBytes } from 'node:crypto';

/** What is measured: takes the streams on its ports and sends each packet to all who want its stream. */
export interface Relay extends AsyncDisposable {
  /** The process whose CPU is counted, with everything below it. */
  readonly pid: number;
  /** Where the streams go in. */
  readonly ports: readonly number[];
  ssrcOf(index: number): number;
}

export interface RelayPlan {
  readonly streams: number;
  readonly receivers: number;
  /** Loopback ports, shared among the receivers in turn. */
  readonly sinkPorts: readonly number[];
  /** Cipher of SRTP, with a key for each receiver as in a meeting; null = plain RTP. */
  readonly suite: SrtpSuite | null;
}

/** The receivers in turn: who gets which stream, and on which port. */
export function receiversOf({ streams, receivers, sinkPorts }: RelayPlan): readonly {
  readonly stream: number;
  readonly port: number;
}[] {
  return Array.from({ length: receivers }, (_, index) => ({
    stream: index % streams,
    port: sinkPorts[Math.floor(index / streams) % sinkPorts.length] ?? 0,
  }));
}

/** RFC 7714 14.2 and RFC 4568 6.2: bytes of master key and salt together. */
const keyBytes = { AEAD_AES_256_GCM: 44, AES_CM_128_HMAC_SHA1_80: 30 } as const;

export type SrtpSuite = keyof typeof keyBytes;

/** A receiver's own key, base64. */
export const srtpKey = (suite: SrtpSuite): string =>
  randomBytes(keyBytes[suite]).toString('base64');
