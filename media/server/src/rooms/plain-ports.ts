/** Both are of it. */
export interface PortRange {
  readonly min: number;
  readonly max: number;
}

/**
 * Ports of seats by plain RTP, one after the other round the whole range. The peer of such a seat is whoever sends to
 * its port first, and a venue whose worker died sends to its old one until it has heard of the new: a port that came
 * back at once would be taken by that venue's packets from the seat that has it now.
 */
export class PlainPorts {
  readonly #range: PortRange;
  #next: number;

  /** Begins anywhere: the server before this one began somewhere else. `random` gives [0, 1). */
  constructor(range: PortRange, random: () => number = Math.random) {
    this.#range = range;
    this.#next = range.min + Math.floor(random() * (range.max - range.min + 1));
  }

  /** The one that was given longest ago; somebody else on this machine may have it. */
  take(): number {
    const { min, max } = this.#range;
    const port = this.#next;
    this.#next = port === max ? min : port + 1;
    return port;
  }
}
