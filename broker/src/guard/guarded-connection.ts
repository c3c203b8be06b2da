import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { FrameGuard, type FrameLimits } from './frame-guard.ts';
import type { Violation } from './violation.ts';

export interface ConnectionLimits extends FrameLimits {
  /** From accept to a whole CONNECT. */
  readonly connectWithinMs: number;
  /** After a violation: how long the last bytes may take to leave. */
  readonly farewellMs: number;
}

export interface GuardedOptions {
  readonly limits: ConnectionLimits;
  readonly onViolation: (violation: Violation, remoteAddress: string) => void;
}

const late: Violation = { clause: 'limit', reason: 'no CONNECT arrived in time' };

/**
 * The connection as the broker sees it: only whole frames that keep MQTT 3.1.1 come out of it. A frame
 * that breaks a rule ends it; the good frames before it are still delivered.
 */
export class GuardedConnection extends Duplex {
  readonly remoteAddress: string;
  readonly #socket: Socket;
  readonly #guard: FrameGuard;
  readonly #options: GuardedOptions;
  readonly #connectTimer: NodeJS.Timeout;
  #farewellTimer: NodeJS.Timeout | null = null;
  #isGathering = false;

  constructor(socket: Socket, options: GuardedOptions) {
    super({ readableHighWaterMark: 64 * 1024, writableHighWaterMark: 64 * 1024 });
    this.remoteAddress = socket.remoteAddress ?? '';
    this.#socket = socket;
    this.#options = options;
    this.#guard = new FrameGuard(options.limits);
    this.#connectTimer = setTimeout(() => this.#refuse(late), options.limits.connectWithinMs);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  /** mqtt-packet corks before each packet; all that a turn of the event loop writes leaves at once. */
  override cork(): void {
    super.cork();
    if (this.#isGathering) return;
    this.#isGathering = true;
    super.cork();
    setImmediate(() => {
      this.#isGathering = false;
      super.uncork();
    });
  }

  override _read(): void {
    if (this.#farewellTimer === null) this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void) {
    this.#socket.write(chunk, done);
  }

  override _writev(
    chunks: { chunk: Buffer; encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ): void {
    this.#socket.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.#connectTimer);
    if (this.#farewellTimer !== null) clearTimeout(this.#farewellTimer);
    this.#socket.destroy();
    done(error);
  }

  #take(chunk: Buffer): void {
    if (this.#farewellTimer !== null || this.destroyed) return;
    const { passed, violation } = this.#guard.push(chunk);
    if (this.#guard.hasConnected) clearTimeout(this.#connectTimer);
    let hasRoom = true;
    for (const frames of passed) hasRoom = this.push(frames);
    if (violation !== null) this.#refuse(violation);
    else if (!hasRoom) this.#socket.pause();
  }

  /** Reads no more; lets what was good before be handled, then ends, at the latest after a while. */
  #refuse(violation: Violation): void {
    this.#options.onViolation(violation, this.remoteAddress);
    clearTimeout(this.#connectTimer);
    this.#farewellTimer = setTimeout(() => this.destroy(), this.#options.limits.farewellMs);
    this.#socket.pause();
    if (violation.connack !== undefined) {
      // MQTT-3.1.2-2, MQTT-3.1.3-8: the client is told why.
      this.#socket.end(Buffer.from([0x20, 0x02, 0x00, violation.connack]));
      this.#socket.resume(); // The peer's own end must be seen; its bytes are dropped by #take.
    } else if (this.#guard.hasConnected) {
      this.push(null);
    } else {
      this.destroy();
    }
  }
}
