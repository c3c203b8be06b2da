/** The sums of the last sample, to tell what was lost since. */
export interface SentSums {
  readonly sent: number;
  readonly lost: number;
}

export interface SendMeasure {
  readonly availableKbps: number | null;
  readonly lossShare: number;
  readonly rttMs: number | null;
}

/** What getStats tells of a sending transport; `before` are the sums of the sample before. */
export function readReport(
  stats: Iterable<unknown>,
  before: SentSums,
): { readonly measure: SendMeasure; readonly sums: SentSums } {
  let available: number | null = null;
  let rtt: number | null = null;
  let sent = 0;
  let lost = 0;
  for (const entry of stats) {
    if (typeof entry !== 'object' || entry === null) continue;
    const type: unknown = Reflect.get(entry, 'type');
    if (type === 'candidate-pair' && Reflect.get(entry, 'nominated') === true) {
      available = numberOf(entry, 'availableOutgoingBitrate') ?? available;
      rtt = numberOf(entry, 'currentRoundTripTime') ?? rtt;
    }
    if (type === 'outbound-rtp') sent += numberOf(entry, 'packetsSent') ?? 0;
    if (type === 'remote-inbound-rtp') lost += numberOf(entry, 'packetsLost') ?? 0;
  }
  const since = { sent: sent - before.sent, lost: lost - before.lost };
  const share = since.sent <= 0 ? 0 : since.lost / since.sent;
  return {
    measure: {
      availableKbps: available === null ? null : within(available / 1000, 1_000_000),
      lossShare: within(share, 1),
      rttMs: rtt === null ? null : within(rtt * 1000, 600_000),
    },
    sums: { sent, lost },
  };
}

function within(value: number, ceiling: number): number {
  return Math.min(ceiling, Math.max(0, value));
}

function numberOf(entry: object, name: string): number | null {
  const value: unknown = Reflect.get(entry, name);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
