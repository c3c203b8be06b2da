/** One direction of a link: what passes leaves at the link's rate, in order. */
export interface RateGate {
  /** Hands a datagram on when its turn comes, or drops it: the queue is full, or the seed says so. */
  readonly passPacket: (bytes: number, send: () => void) => void;
  /** Hands bytes of a stream on when their turn comes; they are never dropped. */
  readonly passBytes: (bytes: number, send: () => void) => void;
  readonly setRate: (kbps: number | null) => void;
  readonly dropped: () => number;
  readonly close: () => void;
}

interface Waiting {
  readonly bytes: number;
  readonly send: () => void;
}

/** A datagram waits no longer than this: then the queue is full. */
const queueMs = 500;
/** The least a queue holds, whatever its rate: two full datagrams. */
const queueBytesMin = 3_000;
/** UDP, IP and a modem's frame: what each datagram costs beside its bytes. */
const overheadBytes = 28;

export function makeRateGate(options: { lossShare: number; seed: number }): RateGate {
  const random = seeded(options.seed);
  const waiting: Waiting[] = [];
  let bytesPerMs: number | null = null;
  let waitingBytes = 0;
  let timer: NodeJS.Timeout | null = null;
  let lost = 0;
  let isClosed = false;

  const step = (): void => {
    timer = null;
    const next = waiting.shift();
    if (next === undefined) return;
    waitingBytes -= next.bytes;
    next.send();
    run();
  };
  const run = (): void => {
    const next = waiting[0];
    if (timer !== null || next === undefined || isClosed) return;
    timer = setTimeout(step, bytesPerMs === null ? 0 : next.bytes / bytesPerMs);
  };
  const enter = (bytes: number, send: () => void): void => {
    if (isClosed) return;
    if (bytesPerMs === null && waiting.length === 0) return send();
    waiting.push({ bytes, send });
    waitingBytes += bytes;
    run();
  };
  return {
    passPacket: (bytes, send) => {
      const cost = bytes + overheadBytes;
      const room = bytesPerMs === null ? Infinity : Math.max(queueBytesMin, bytesPerMs * queueMs);
      if (random() < options.lossShare || waitingBytes + cost > room) lost += 1;
      else enter(cost, send);
    },
    passBytes: enter,
    setRate: (kbps) => {
      bytesPerMs = kbps === null ? null : kbps / 8;
      if (timer !== null) clearTimeout(timer);
      timer = null;
      run();
    },
    dropped: () => lost,
    close: () => {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      waiting.length = 0;
    },
  };
}

/** mulberry32: 0 … 1, the same row of numbers for the same seed. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
