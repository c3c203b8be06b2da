/** Reads length-prefixed fields of one frame; `null` = the field reaches past the frame. */
export class WireCursor {
  readonly bytes: Buffer;
  readonly end: number;
  #position: number;

  constructor(bytes: Buffer, start: number, end: number) {
    this.bytes = bytes;
    this.#position = start;
    this.end = end;
  }

  get isAtEnd(): boolean {
    return this.#position === this.end;
  }

  byte(): number | null {
    if (this.#position >= this.end) return null;
    const value = this.bytes[this.#position] ?? 0;
    this.#position += 1;
    return value;
  }

  uint16(): number | null {
    if (this.#position + 2 > this.end) return null;
    const value = this.bytes.readUInt16BE(this.#position);
    this.#position += 2;
    return value;
  }

  /** Start and end of a field with a 16-bit length before it. */
  field(): readonly [start: number, end: number] | null {
    const length = this.uint16();
    if (length === null || this.#position + length > this.end) return null;
    const start = this.#position;
    this.#position += length;
    return [start, this.#position];
  }
}
