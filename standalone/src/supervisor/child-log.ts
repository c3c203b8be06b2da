import { createWriteStream, renameSync, statSync, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

const lastLineCount = 12;

/** A program's words in a file of bounded size: at the limit the file becomes `.1` and a new one begins. */
export class ChildLog {
  #path: string;
  #limitBytes: number;
  #stream: WriteStream;
  #bytes: number;
  #last: string[] = [];

  static async open(path: string, limitBytes: number): Promise<ChildLog> {
    await mkdir(dirname(path), { recursive: true });
    return new ChildLog(path, limitBytes);
  }

  private constructor(path: string, limitBytes: number) {
    this.#path = path;
    this.#limitBytes = limitBytes;
    this.#bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    this.#stream = openStream(path);
  }

  write(bytes: Buffer): void {
    if (this.#bytes + bytes.length > this.#limitBytes) this.#rotate();
    this.#bytes += bytes.length;
    this.#stream.write(bytes);
    const lines = bytes
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '');
    this.#last = [...this.#last, ...lines].slice(-lastLineCount);
  }

  /** The end of what it said, for an error message. */
  lastLines(): string {
    return this.#last.length === 0 ? '' : `Its last words:\n${this.#last.join('\n')}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#stream.end(() => resolve()));
  }

  #rotate(): void {
    this.#stream.end();
    renameSync(this.#path, `${this.#path}.1`);
    this.#stream = openStream(this.#path);
    this.#bytes = 0;
  }
}

function openStream(path: string): WriteStream {
  const stream = createWriteStream(path, { flags: 'a' });
  stream.on('error', () => undefined); // A full disk must not end the supervisor; the lines are kept in memory.
  return stream;
}
