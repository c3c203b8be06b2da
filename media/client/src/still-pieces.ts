import { meetingLimits, type SignalWords } from '@sightline/contracts';

type StillWord = Parameters<SignalWords['still']>[0];

interface Begun extends Pick<StillWord, 'seatId' | 'source' | 'at' | 'of'> {
  readonly bytes: Uint8Array<ArrayBuffer>;
  had: number;
}

/** Puts stills together again from their pieces: they come in order, and one still after the other. */
export class StillPieces {
  #begun: Begun | null = null;

  /** The whole still with its last piece; null before, and where a piece is none of what was begun. */
  take({ seatId, source, at, from, of, jpeg }: StillWord): ArrayBuffer | null {
    if (from === 0) {
      if (!(of > 0 && of <= meetingLimits.stillBytes[source])) return this.#letGo();
      this.#begun = { seatId, source, at, of, bytes: new Uint8Array(of), had: 0 };
    }
    const begun = this.#begun;
    if (begun === null) return null;
    const isNext =
      begun.seatId === seatId && begun.source === source && begun.at === at && begun.of === of;
    if (!isNext || from !== begun.had || from + jpeg.byteLength > of) return this.#letGo();
    begun.bytes.set(new Uint8Array(jpeg), from);
    begun.had += jpeg.byteLength;
    if (begun.had < of) return null;
    this.#begun = null;
    return begun.bytes.buffer;
  }

  #letGo(): null {
    this.#begun = null;
    return null;
  }
}
