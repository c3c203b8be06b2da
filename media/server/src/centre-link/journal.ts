import { open, readFile, type FileHandle } from 'node:fs/promises';
import type { Logger } from 'pino';
import { writeWhole } from '#disk/write-whole.ts';
import { limits } from '#limits.ts';
import { lineOfDone, lineOfPut, readJournal, type Kept } from './journal-lines.ts';
import { idOf, type Up } from './outgoing.ts';

interface Pending {
  readonly line: string;
  /** What stands once the line does. */
  readonly apply: () => void;
  readonly settle: PromiseWithResolvers<void>;
}

/**
 * Words that wait for the centre, on disk: what was acknowledged to a page outlives this process. Each is a line that is
 * flushed before its promise resolves, together with all that came meanwhile; what the centre took is a line too, and
 * where nothing waits any more the file is emptied.
 */
export class Journal implements AsyncDisposable {
  readonly #file: string;
  readonly #log: Logger;
  readonly #kept: Map<string, Kept>;
  readonly #numbers = new WeakMap<Up, number>();
  /** What an earlier process left. */
  readonly left: readonly Up[];
  #handle: FileHandle;
  #next: number;
  #bytes: number;
  #pending: Pending[] = [];
  #writing: Promise<void> = Promise.resolve();
  #isWriting = false;
  /** Something was written in half: the file is written anew first. */
  #isTorn = false;
  #faults = 0;

  private constructor(file: string, log: Logger, opened: { handle: FileHandle; text: string }) {
    this.#file = file;
    this.#log = log;
    this.#handle = opened.handle;
    this.#bytes = Buffer.byteLength(opened.text);
    const { kept, next, spoilt } = readJournal(opened.text);
    if (spoilt > 0) log.error({ file, spoilt }, 'Words that waited for the centre cannot be read.');
    this.#kept = kept;
    this.#isTorn = !opened.text.endsWith('\n') && opened.text !== '';
    this.#next = next;
    this.left = [...kept.values()].map(({ up }) => up);
    for (const { up, n } of kept.values()) this.#numbers.set(up, n);
  }

  /** Makes the file where there is none. Throws where it can neither be read nor made. */
  static async open(file: string, log: Logger): Promise<Journal> {
    const handle = await open(file, 'a', 0o600);
    return new Journal(file, log, { handle, text: await readFile(file, 'utf8') });
  }

  /** Resolves once it is flushed; rejects where it could not be, and then it is not kept. */
  keep(up: Up): Promise<void> {
    const n = this.#next;
    this.#next += 1;
    this.#numbers.set(up, n);
    const line = lineOfPut(up, n);
    const kept = { up, n, bytes: Buffer.byteLength(line) };
    return this.#write(line, () => this.#kept.set(idOf(up), kept));
  }

  /** The centre took it, or it is no longer to be told; a later word of the same key still waits. */
  done(up: Up): void {
    const n = this.#numbers.get(up);
    if (n === undefined) return;
    const id = idOf(up);
    const drop = () => {
      if (this.#kept.get(id)?.n === n) this.#kept.delete(id);
    };
    // Not written, it is told again, and counts once.
    this.#write(lineOfDone(id, n), drop).catch(() => undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writing;
    await this.#handle.close();
  }

  #write(line: string, apply: () => void): Promise<void> {
    const settle = Promise.withResolvers<void>();
    this.#pending.push({ line, apply, settle });
    if (!this.#isWriting) {
      this.#isWriting = true;
      this.#writing = this.#writeAll();
    }
    return settle.promise;
  }

  async #writeAll(): Promise<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      try {
        await this.#flush(batch);
        for (const { apply, settle } of batch) {
          apply();
          settle.resolve();
        }
        await this.#shrink();
      } catch (error) {
        this.#isTorn = true;
        for (const { settle } of batch) settle.reject(error);
        this.#noteFault(error);
      }
    }
    this.#isWriting = false;
  }

  async #flush(batch: readonly Pending[]): Promise<void> {
    if (this.#isTorn) await this.#writeAnew();
    const text = batch.map(({ line }) => line).join('');
    await this.#handle.appendFile(text);
    await this.#handle.datasync();
    this.#bytes += Buffer.byteLength(text);
  }

  /** What is done goes from the disk too: lines of a meeting are no longer kept here than they must. */
  async #shrink(): Promise<void> {
    if (this.#kept.size === 0) {
      await this.#handle.truncate(0);
      this.#bytes = 0;
    } else if (this.#bytes > limits.link.journalBytes) {
      const waiting = this.#kept.values().reduce((sum, { bytes }) => sum + bytes, 0);
      if (this.#bytes > waiting * 2) await this.#writeAnew();
    }
  }

  async #writeAnew(): Promise<void> {
    const text = [...this.#kept.values()].map(({ up, n }) => lineOfPut(up, n)).join('');
    await writeWhole(this.#file, text);
    await this.#handle.close();
    this.#handle = await open(this.#file, 'a', 0o600);
    this.#bytes = Buffer.byteLength(text);
    this.#isTorn = false;
  }

  #noteFault(error: unknown): void {
    this.#faults += 1;
    if (Math.log2(this.#faults) % 1 !== 0) return;
    const parts = { err: error, file: this.#file, faults: this.#faults };
    this.#log.error(parts, 'Words for the centre could not be kept on disk.');
  }
}
