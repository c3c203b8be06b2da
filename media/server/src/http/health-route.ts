import type { Health, PartHealth } from '@sightline/contracts';
import type { FastifyInstance } from 'fastify';

/** GET /healthz: 200 when all parts are up, else 503. */
export function addHealth(app: FastifyInstance, parts: () => readonly PartHealth[]): void {
  app.get('/healthz', (_request, reply) => {
    const health: Health = { parts: [...parts()] };
    const isUp = health.parts.every(({ state }) => state === 'up');
    return reply.status(isUp ? 200 : 503).send(health);
  });
}

/** Remembers since when each part stands as it does. */
export class PartStates {
  readonly #parts = new Map<string, PartHealth>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  set(name: string, isUp: boolean, detail = ''): void {
    const state = isUp ? 'up' : 'down';
    const before = this.#parts.get(name);
    if (before?.state === state && (before.detail ?? '') === detail) return;
    const since = before?.state === state ? before.since : new Date(this.#now()).toISOString();
    this.#parts.set(name, { name, state, since, ...(detail === '' ? {} : { detail }) });
  }

  all(): readonly PartHealth[] {
    return [...this.#parts.values()];
  }
}
