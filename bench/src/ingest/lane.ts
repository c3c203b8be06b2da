import { PacketAck } from '@sightline/contracts';
import { Compile } from 'typebox/compile';

const ackCheck = Compile(PacketAck);

/** One connection's frames: as many under way as allowed, done when everything is answered. */
export class Lane {
  readonly #frames: readonly Buffer[];
  readonly #lastSeq: number | null;
  readonly #inFlight: number;
  readonly #done = Promise.withResolvers<void>();
  #write: (frame: Buffer) => void = () => undefined;
  #sent = 0;
  #answered = 0;
  #committedTo = 0;

  constructor(
    frames: readonly Buffer[],
    /** `lastSeq` null: a plain broker, which answers by PUBACK alone. */
    options: { readonly inFlight: number; readonly lastSeq: number | null },
  ) {
    this.#frames = frames;
    this.#lastSeq = options.lastSeq;
    this.#inFlight = options.inFlight;
    this.#done.promise.catch(() => undefined); // Heard by send(); a close after the end is no fault.
  }

  /** How far it got, for whoever waited too long. */
  get state(): string {
    return `${this.#answered} of ${this.#frames.length} answered, committed to ${this.#committedTo}`;
  }

  send(write: (frame: Buffer) => void): Promise<void> {
    this.#write = write;
    this.#fill();
    return this.#done.promise;
  }

  onPuback(): void {
    this.#answered += 1;
    this.#fill();
    if (this.#lastSeq === null && this.#answered === this.#frames.length) this.#done.resolve();
  }

  onAck(payload: Buffer): void {
    const ack: unknown = JSON.parse(payload.toString());
    if (!ackCheck.Check(ack) || ack.trouble !== null || ack.rejected.length > 0) {
      this.#done.reject(new Error(`Not taken: ${payload.toString()}`));
      return;
    }
    this.#committedTo = ack.committedTo;
    if (ack.committedTo === this.#lastSeq) this.#done.resolve();
  }

  onClosed(): void {
    this.#done.reject(new Error(`The broker closed the connection: ${this.state}.`));
  }

  #fill(): void {
    while (this.#sent < this.#frames.length && this.#sent - this.#answered < this.#inFlight) {
      const frame = this.#frames[this.#sent];
      this.#sent += 1;
      if (frame !== undefined) this.#write(frame);
    }
  }
}
