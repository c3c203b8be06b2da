import { readTroubles, type Store, type TroubleRow } from '@sightline/store';
import { liveLimits } from './limits.ts';
import { startLoop } from './loop.ts';

/** Sources whose facts were not taken within the day, read every few seconds. */
export function startTroubles(deps: {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly onError: (error: unknown) => void;
}): AsyncDisposable & { readonly read: () => readonly TroubleRow[] } {
  let troubles: readonly TroubleRow[] = [];
  const loop = startLoop({
    everyMs: liveLimits.troublesMs,
    onError: deps.onError,
    work: async () => {
      troubles = await readTroubles(deps.store.pool, deps.now());
    },
  });
  return { read: () => troubles, [Symbol.asyncDispose]: () => loop[Symbol.asyncDispose]() };
}
