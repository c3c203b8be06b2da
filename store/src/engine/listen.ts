import type pg from 'pg';
import { limits } from '#limits.ts';
import { pause, retryDelayMs } from './pause.ts';
import type { Store } from './store.ts';

/** `connected`: listening (again); notices may have been missed, so look at what they would tell. */
export type Notice =
  | { readonly kind: 'connected' }
  | { readonly kind: 'notified'; readonly channel: string; readonly payload: string };

/**
 * Listens on a connection of its own and reconnects with backoff for ever, until disposed.
 * `onNotice` must not throw.
 */
export function listen(
  store: Store,
  channels: readonly string[],
  onNotice: (notice: Notice) => void,
): AsyncDisposable {
  const stopping = new AbortController();
  const running = run({ store, channels, onNotice, signal: stopping.signal });
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
    },
  };
}

interface Listening {
  readonly store: Store;
  readonly channels: readonly string[];
  readonly onNotice: (notice: Notice) => void;
  readonly signal: AbortSignal;
}

async function run(listening: Listening): Promise<void> {
  let failures = 0;
  while (!listening.signal.aborted) {
    const heldMs = await holdOnce(listening);
    failures = heldMs > limits.retryMaxMs ? 0 : failures + 1;
    await pause(retryDelayMs(failures), listening.signal);
  }
}

/** One connection from birth to death; returns how long it listened. Never throws. */
async function holdOnce({ store, channels, onNotice, signal }: Listening): Promise<number> {
  const client = store.openClient();
  const ended = new Promise<void>((resolve) => {
    client.on('error', () => resolve());
    client.on('end', () => resolve());
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  client.on('notification', (message: pg.Notification) => {
    if (signal.aborted) return;
    onNotice({ kind: 'notified', channel: message.channel, payload: message.payload ?? '' });
  });
  const beganAt = performance.now();
  try {
    await client.connect();
    for (const channel of channels)
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
    if (!signal.aborted) onNotice({ kind: 'connected' });
    await ended;
  } catch {
    // The database is away: the caller tries again after a pause.
  }
  await Promise.race([client.end().catch(() => undefined), pause(limits.retryMaxMs, signal)]);
  return performance.now() - beganAt;
}
