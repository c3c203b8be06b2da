import { Duplex } from 'node:stream';

/** The part of PGlite that speaks the wire protocol. */
export interface WireDatabase {
  execProtocolRaw(message: Uint8Array): Promise<Uint8Array>;
  exec(sql: string): Promise<unknown>;
}

const headerBytes = 5;
/** Query, Sync, Terminate, password: what makes the server answer. */
const flushing = new Set(['Q', 'S', 'X', 'p'].map((letter) => letter.charCodeAt(0)));

/** A connection for `pg` that ends in PGlite instead of a socket. */
export class PGliteSocket extends Duplex {
  readonly #database: WireDatabase;
  #waiting = Buffer.alloc(0);
  #isStarted = false;

  constructor(database: WireDatabase) {
    super();
    this.#database = database;
  }

  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {
    // Answers are pushed as they come.
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#waiting = Buffer.concat([this.#waiting, chunk]);
    void this.#answerAndTell(done);
  }

  async #answerAndTell(done: (error?: Error | null) => void): Promise<void> {
    try {
      await this.#answer();
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }

  async #answer(): Promise<void> {
    const end = this.#isStarted ? endOfRequest(this.#waiting) : this.#waiting.length;
    if (end === 0) return;
    const request = this.#waiting.subarray(0, end);
    this.#waiting = this.#waiting.subarray(end);
    // It has one session for ever: what the connection before left in it must go.
    if (!this.#isStarted) await this.#database.exec('rollback; deallocate all');
    this.#isStarted = true;
    if (request[0] === 'X'.charCodeAt(0)) return;
    this.push(Buffer.from(await this.#database.execProtocolRaw(new Uint8Array(request))));
    await this.#answer();
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }
}

/** How many bytes make whole requests, up to the last message that asks for an answer. */
function endOfRequest(bytes: Buffer): number {
  let end = 0;
  let at = 0;
  while (at + headerBytes <= bytes.length) {
    const next = at + 1 + bytes.readUInt32BE(at + 1);
    if (next > bytes.length) break;
    if (flushing.has(bytes[at] ?? 0)) end = next;
    at = next;
  }
  return end;
}
