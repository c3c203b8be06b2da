/** What one receiver had been sent and had reported lost, counted since it began. */
export interface SentCount {
  readonly id: string;
  readonly sent: number;
  readonly lost: number;
}

/** Receivers report every second to five: loss is judged over so many samples of a second. */
const samples = 5;

/**
 * Share of packets lost on the way to a seat over the last seconds, from its receivers' own reports. What
 * flows no longer is forgotten: a loss from before a pause says nothing of the link now.
 */
export class LossWindow {
  readonly #before = new Map<string, SentCount>();
  #grown: { readonly sent: number; readonly lost: number }[] = [];

  /** One second more; 0 … 1. */
  next(flowing: readonly SentCount[]): number {
    const grown = { sent: 0, lost: 0 };
    for (const now of flowing) {
      const before = this.#before.get(now.id) ?? now;
      grown.sent += Math.max(0, now.sent - before.sent);
      grown.lost += Math.max(0, now.lost - before.lost);
    }
    this.#before.clear();
    for (const now of flowing) this.#before.set(now.id, now);
    this.#grown = flowing.length === 0 ? [] : [...this.#grown, grown].slice(-samples);
    const sent = this.#grown.reduce((sum, one) => sum + one.sent, 0);
    const lost = this.#grown.reduce((sum, one) => sum + one.lost, 0);
    return sent === 0 ? 0 : Math.min(1, lost / sent);
  }
}
