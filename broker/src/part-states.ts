import type { Health, PartHealth } from '@sightline/contracts';

/** The state of each part and since when it is so. */
export class PartStates {
  readonly #now: () => string;
  readonly #parts = new Map<string, PartHealth>();

  constructor(names: readonly string[], now: () => string) {
    this.#now = now;
    for (const name of names) this.#parts.set(name, { name, state: 'unknown', since: now() });
  }

  /** True when that is news. `detail` says what is wrong. */
  set(name: string, state: 'up' | 'down', detail?: string): boolean {
    const before = this.#parts.get(name);
    if (before?.state === state) return false;
    const part: PartHealth = { name, state, since: this.#now() };
    this.#parts.set(name, detail === undefined ? part : { ...part, detail });
    return true;
  }

  get health(): Health {
    return { parts: [...this.#parts.values()] };
  }
}
