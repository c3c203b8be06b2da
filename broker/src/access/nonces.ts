export interface NonceOptions {
  readonly lifeMs: number;
  readonly perSource: number;
  readonly total: number;
  readonly nowMs: () => number;
  /** 16 fresh random bytes as base64url text. */
  readonly random: () => string;
}

interface Issued {
  readonly source: string;
  readonly expiresAtMs: number;
}

/**
 * Challenges a device signs to connect: 128 bit, once, for one source, for a minute. Bounded: a source
 * that asks for more loses its own oldest; when all is full the oldest of all goes.
 */
export class Nonces {
  readonly #options: NonceOptions;
  /** In the order of issue, so the oldest is first. */
  readonly #issued = new Map<string, Issued>();
  readonly #bySource = new Map<string, string[]>();

  constructor(options: NonceOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#issued.size;
  }

  issue(source: string): string {
    this.#dropExpired();
    const own = this.#bySource.get(source) ?? [];
    const oldestOwn = own[0];
    if (own.length >= this.#options.perSource && oldestOwn !== undefined) this.#drop(oldestOwn);
    const oldest = this.#issued.keys().next().value;
    if (this.#issued.size >= this.#options.total && oldest !== undefined) this.#drop(oldest);
    const nonce = this.#options.random();
    this.#issued.set(nonce, { source, expiresAtMs: this.#options.nowMs() + this.#options.lifeMs });
    const held = this.#bySource.get(source);
    if (held === undefined) this.#bySource.set(source, [nonce]);
    else held.push(nonce);
    return nonce;
  }

  /** True once for a nonce that was issued to this source and has not expired. */
  consume(source: string, nonce: string): boolean {
    const issued = this.#issued.get(nonce);
    if (issued === undefined || issued.source !== source) return false;
    this.#drop(nonce);
    return issued.expiresAtMs > this.#options.nowMs();
  }

  #dropExpired(): void {
    const now = this.#options.nowMs();
    for (const [nonce, { expiresAtMs }] of this.#issued) {
      if (expiresAtMs > now) return;
      this.#drop(nonce);
    }
  }

  #drop(nonce: string): void {
    const issued = this.#issued.get(nonce);
    if (issued === undefined) return;
    this.#issued.delete(nonce);
    const rest = (this.#bySource.get(issued.source) ?? []).filter((other) => other !== nonce);
    if (rest.length === 0) this.#bySource.delete(issued.source);
    else this.#bySource.set(issued.source, rest);
  }
}
