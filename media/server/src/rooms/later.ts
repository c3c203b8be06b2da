/** Does something a little later, once, however often it was asked meanwhile. */
export class Later {
  readonly #act: () => void;
  readonly #delayMs: number;
  #timer: NodeJS.Timeout | null = null;
  #isCancelled = false;

  constructor(act: () => void, delayMs: number) {
    this.#act = act;
    this.#delayMs = delayMs;
  }

  soon(): void {
    if (this.#timer !== null || this.#isCancelled) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#act();
    }, this.#delayMs);
  }

  /** For good. */
  cancel(): void {
    this.#isCancelled = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
