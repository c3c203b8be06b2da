import type { PartHealth } from '@sightline/contracts';

/** What each part of the terminal says of itself, and since when. */
export class HealthBoard {
  readonly #now: () => string;
  readonly #parts = new Map<string, PartHealth>();

  constructor(now: () => string) {
    this.#now = now;
  }

  /** `problem` null = up. `since` moves only when the state does. Returns true when anything changed. */
  note(name: string, problem: string | null): boolean {
    const state = problem === null ? 'up' : 'down';
    const before = this.#parts.get(name);
    if (before?.state === state && (before.detail ?? null) === problem) return false;
    const since = before?.state === state ? before.since : this.#now();
    const detail = problem === null ? {} : { detail: problem };
    this.#parts.set(name, { name, state, since, ...detail });
    return true;
  }

  list(): readonly PartHealth[] {
    return [...this.#parts.values()];
  }
}
