import { checkFirstByte, checkFrame, packetType } from './check-frame.ts';
import { violation, type Violation } from './violation.ts';

export interface FrameLimits {
  /** Remaining length of the first packet, in bytes. */
  readonly connectBytes: number;
  /** Remaining length of every later packet, in bytes. */
  readonly packetBytes: number;
}

export interface Guarded {
  /** Runs of whole, checked frames, byte for byte as received. */
  readonly passed: readonly Buffer[];
  readonly violation: Violation | null;
}

/** Where a frame lies: `header` bytes of fixed header, `total` bytes in all. */
interface FrameSize {
  readonly header: number;
  readonly total: number;
}

const firstHold = 4 * 1024;
const longestHeader = 5;

/**
 * Strict MQTT 3.1.1 frames out of arbitrary chunks. Frames whole inside a chunk pass without a copy; a
 * frame split over chunks is copied once, into memory that grows with what really arrived and never
 * beyond its announced, limited length.
 */
export class FrameGuard {
  readonly #limits: FrameLimits;
  #state: 'new' | 'connected' | 'finished' = 'new';
  #held: Buffer = Buffer.alloc(0);
  #heldBytes = 0;

  constructor(limits: FrameLimits) {
    this.#limits = limits;
  }

  /** True once a whole, valid CONNECT has passed. */
  get hasConnected(): boolean {
    return this.#state !== 'new';
  }

  push(chunk: Buffer): Guarded {
    const passed: Buffer[] = [];
    let offset = 0;
    while (offset < chunk.length && this.#state !== 'finished') {
      const step = this.#heldBytes > 0 ? this.#complete(chunk, offset) : this.#scan(chunk, offset);
      if (step.frames !== null) passed.push(step.frames);
      if (step.violation !== null) return { passed, violation: step.violation };
      offset = step.offset;
    }
    return { passed, violation: null };
  }

  /** Checks frames in place from `offset` on; holds back an unfinished last one. */
  #scan(chunk: Buffer, offset: number): Step {
    let position = offset;
    while (position < chunk.length && this.#state !== 'finished') {
      const size = this.#measure(chunk, position, chunk.length);
      if (size !== null && 'clause' in size) return stop(chunk, [offset, position], size);
      if (size === null || position + size.total > chunk.length) {
        this.#hold(chunk, position, chunk.length);
        return { frames: run(chunk, offset, position), violation: null, offset: chunk.length };
      }
      const wrong = this.#check(chunk, position, size);
      if (wrong !== null) return stop(chunk, [offset, position], wrong);
      position += size.total;
    }
    return { frames: run(chunk, offset, position), violation: null, offset: position };
  }

  /** Adds to the held frame; passes it when it is whole. */
  #complete(chunk: Buffer, offset: number): Step {
    const known = this.#measure(this.#held, 0, this.#heldBytes);
    if (known === null) {
      // The length is not known yet: take one byte at a time, five at most.
      this.#hold(chunk, offset, offset + 1);
      const size = this.#measure(this.#held, 0, this.#heldBytes);
      if (size !== null && 'clause' in size) return { frames: null, violation: size, offset };
      if (size === null || this.#heldBytes < size.total) return more(offset + 1);
      return this.#release(size, offset + 1);
    }
    if ('clause' in known) return { frames: null, violation: known, offset };
    const taken = Math.min(known.total - this.#heldBytes, chunk.length - offset);
    this.#hold(chunk, offset, offset + taken);
    return this.#heldBytes < known.total
      ? more(offset + taken)
      : this.#release(known, offset + taken);
  }

  #release(size: FrameSize, offset: number): Step {
    const frame = this.#held.subarray(0, size.total);
    this.#held = Buffer.alloc(0);
    this.#heldBytes = 0;
    const wrong = this.#check(frame, 0, size);
    return { frames: wrong === null ? frame : null, violation: wrong, offset };
  }

  #hold(chunk: Buffer, start: number, end: number): void {
    const needed = this.#heldBytes + end - start;
    if (needed > this.#held.length) {
      const grown = Buffer.allocUnsafe(Math.max(firstHold, this.#held.length * 2, needed));
      this.#held.copy(grown, 0, 0, this.#heldBytes);
      this.#held = grown;
    }
    chunk.copy(this.#held, this.#heldBytes, start, end);
    this.#heldBytes = needed;
  }

  /** The size of the frame at `start`; null = its header is not whole yet. */
  #measure(bytes: Buffer, start: number, end: number): FrameSize | Violation | null {
    const first = bytes[start] ?? 0;
    const wrong = this.#checkOrder(first) ?? checkFirstByte(first);
    if (wrong !== null) return wrong;
    let length = 0;
    for (let index = 1; index < longestHeader; index += 1) {
      if (start + index >= end) return null;
      const byte = bytes[start + index] ?? 0;
      length += (byte & 0x7f) * 128 ** (index - 1);
      if (byte < 0x80) return this.#limit(length, index + 1);
    }
    return violation('MQTT-2.2.3', 'the remaining length has more than four bytes');
  }

  #checkOrder(first: number): Violation | null {
    const isConnect = first >> 4 === packetType.connect;
    if (this.#state === 'new') {
      return isConnect ? null : violation('MQTT-3.1.0-1', 'the first packet is no CONNECT');
    }
    return isConnect ? violation('MQTT-3.1.0-2', 'a second CONNECT') : null;
  }

  #limit(length: number, header: number): FrameSize | Violation {
    const allowed = this.#state === 'new' ? this.#limits.connectBytes : this.#limits.packetBytes;
    if (length <= allowed) return { header, total: header + length };
    return violation('limit', `a packet of ${length} bytes; ${allowed} are allowed`);
  }

  #check(bytes: Buffer, start: number, size: FrameSize): Violation | null {
    const first = bytes[start] ?? 0;
    const wrong = checkFrame(first, bytes, [start + size.header, start + size.total]);
    if (wrong !== null) return wrong;
    if (this.#state === 'new') this.#state = 'connected';
    // MQTT-3.14.4-1: nothing may follow a DISCONNECT; what does is not read.
    else if (first >> 4 === packetType.disconnect) this.#state = 'finished';
    return null;
  }
}

interface Step {
  readonly frames: Buffer | null;
  readonly violation: Violation | null;
  readonly offset: number;
}

function run(chunk: Buffer, start: number, end: number): Buffer | null {
  if (start === end) return null;
  return start === 0 && end === chunk.length ? chunk : chunk.subarray(start, end);
}

function stop(chunk: Buffer, good: readonly [number, number], wrong: Violation): Step {
  return { frames: run(chunk, good[0], good[1]), violation: wrong, offset: good[1] };
}

function more(offset: number): Step {
  return { frames: null, violation: null, offset };
}
