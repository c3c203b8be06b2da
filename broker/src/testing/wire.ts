import { connect, type Socket } from 'node:net';

/** A UTF-8 string of the wire: its length, then its bytes. */
export function text(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** A whole control packet: first byte, remaining length, body. */
export function frame(first: number, ...parts: readonly (Buffer | readonly number[])[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (Buffer.isBuffer(part) ? part : Buffer.from(part))),
  );
  return Buffer.concat([Buffer.from([first, ...remainingLength(body.length)]), body]);
}

function remainingLength(length: number): number[] {
  return length < 128
    ? [length]
    : [(length % 128) | 0x80, ...remainingLength(Math.floor(length / 128))];
}

export interface ConnectFields {
  readonly name?: string;
  readonly level?: number;
  readonly flags?: number;
  readonly keepAliveS?: number;
  readonly clientId?: string | Buffer;
  /** Will topic and message, user name, password: as they follow. */
  readonly rest?: readonly Buffer[];
}

export function connectFrame(fields: ConnectFields = {}): Buffer {
  const {
    name = 'MQTT',
    level = 4,
    flags = 2,
    keepAliveS = 60,
    clientId = 'c',
    rest = [],
  } = fields;
  const alive = [keepAliveS >> 8, keepAliveS & 0xff];
  return frame(0x10, text(name), [level, flags, ...alive], text(clientId), ...rest);
}

export function publishFrame(
  topic: string | Buffer,
  payload: string | Buffer,
  packetId = 0,
): Buffer {
  const id = packetId === 0 ? [] : [packetId >> 8, packetId & 0xff];
  return frame(packetId === 0 ? 0x30 : 0x32, text(topic), id, Buffer.from(payload));
}

export function subscribeFrame(
  packetId: number,
  ...filters: readonly (readonly [string, number])[]
): Buffer {
  const parts = filters.flatMap(([filter, qos]) => [text(filter), Buffer.from([qos])]);
  return frame(0x82, [packetId >> 8, packetId & 0xff], ...parts);
}

export const connackFrame = Buffer.from([0x20, 0x02, 0x00, 0x00]);
export const pingFrame = Buffer.from([0xc0, 0x00]);
export const pongFrame = Buffer.from([0xd0, 0x00]);

/** A bare socket that remembers all it got. */
export class RawClient implements AsyncDisposable {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  #received = Buffer.alloc(0);
  #wake: (() => void)[] = [];
  isClosed = false;

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#stir();
    });
    this.socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      this.socket.on('close', () => {
        this.isClosed = true;
        this.#stir();
        resolve();
      });
    });
  }

  get received(): Buffer {
    return this.#received;
  }

  send(...frames: readonly Buffer[]): void {
    this.socket.write(Buffer.concat(frames));
  }

  /** Waits until so many bytes came (or the end); returns and forgets all that came. */
  async take(bytes: number, withinMs = 5_000): Promise<Buffer> {
    await this.until(() => this.#received.length >= bytes || this.isClosed, withinMs);
    const taken = this.#received;
    this.#received = Buffer.alloc(0);
    return taken;
  }

  async until(condition: () => boolean, withinMs = 5_000): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!condition()) {
      const left = deadline - performance.now();
      if (left <= 0)
        throw new Error(`Not within ${withinMs} ms; got ${this.#received.toString('hex')}.`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy();
    await this.closed;
  }

  #stir(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const wake of waiting) wake();
  }
}
