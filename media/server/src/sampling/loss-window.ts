import { Growth, type Counted } from './growth.ts';

/** Receivers report every second to five: loss is judged over so many samples of a second. */
const samples = 5;

/**
 * Share of packets lost on the way to a seat over the last seconds, from its receivers' own reports. What
 * flows no longer is forgotten: a loss from before a pause says nothing of the link now.
 */
export class LossWindow {
  readonly #growth = new Growth({ countsNew: false });
  #grown: Omit<Counted, 'id'>[] = [];

  /** One second more, by what each receiver had been sent and had reported lost; 0 … 1. */
  next(flowing: readonly Counted[]): number {
    const grown = this.#growth.next(flowing);
    this.#grown = flowing.length === 0 ? [] : [...this.#grown, grown].slice(-samples);
    const packets = this.#grown.reduce((sum, one) => sum + one.packets, 0);
    const lost = this.#grown.reduce((sum, one) => sum + one.lost, 0);
    return packets === 0 ? 0 : Math.min(1, lost / packets);
  }
}
