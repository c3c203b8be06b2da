/** So many at once, and so many more each second. */
export class Bucket {
  readonly #perSecond: number;
  readonly #most: number;
  #left: number;
  #atMs: number;

  constructor(
    { perSecond, most }: { readonly perSecond: number; readonly most: number },
    nowMs: number,
  ) {
    this.#perSecond = perSecond;
    this.#most = most;
    this.#left = most;
    this.#atMs = nowMs;
  }

  /** False = too fast; nothing is taken then. */
  take(nowMs: number): boolean {
    const grown = ((nowMs - this.#atMs) / 1000) * this.#perSecond;
    this.#left = Math.min(this.#most, this.#left + Math.max(0, grown));
    this.#atMs = nowMs;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
