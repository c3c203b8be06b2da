/** Counts refusals per key and minute; bounded, forgotten when the minute ends. */
export class Failures {
  readonly #perMinute: number;
  readonly #nowMs: () => number;
  #minute = 0;
  #counts = new Map<string, number>();

  constructor(perMinute: number, nowMs: () => number) {
    this.#perMinute = perMinute;
    this.#nowMs = nowMs;
  }

  isExceeded(key: string): boolean {
    this.#turn();
    return (this.#counts.get(key) ?? 0) >= this.#perMinute;
  }

  note(key: string): void {
    this.#turn();
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  #turn(): void {
    const minute = Math.floor(this.#nowMs() / 60_000);
    if (minute === this.#minute) return;
    this.#minute = minute;
    this.#counts = new Map();
  }
}
