import type { ConnectionState, Transport } from 'mediasoup-client/types';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSnapshotStore } from '#snapshot-store.ts';
import { watchWay } from '#watch-way.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Two transports, what was said of them, and a way to change how they stand. */
function stage() {
  const transports = ['send', 'receive'].map(() => ({
    connectionState: 'new' as ConnectionState,
    listener: () => undefined as void,
    on(_: string, listener: () => void) {
      this.listener = listener;
    },
  }));
  const said: boolean[] = [];
  // What the watch uses of a transport.
  const watched = transports as unknown as Pick<Transport, 'on' | 'connectionState'>[];
  const end = watchWay(watched, (isLost) => said.push(isLost));
  const meet = (at: number, state: ConnectionState) => {
    const transport = transports[at];
    if (transport === undefined) return;
    transport.connectionState = state;
    transport.listener();
  };
  return { said, end, meet };
}

test('a way that is looked for in vain is said to be lost after a while, and to be there as soon as it is', async () => {
  const { said, meet } = stage();
  meet(0, 'connecting');
  meet(1, 'connecting');
  await vi.advanceTimersByTimeAsync(3_900);
  expect(said).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(said).toEqual([true]);
  meet(1, 'connected');
  expect(said).toEqual([true, false]);
});

test('a way that flaps is not lost; where nothing is carried none is missed; an entry that is over says nothing', async () => {
  const flapping = stage();
  const idle = stage();
  const over = stage();
  flapping.meet(0, 'connected');
  flapping.meet(0, 'disconnected');
  over.meet(0, 'failed');
  over.end();
  await vi.advanceTimersByTimeAsync(3_000);
  flapping.meet(0, 'connected');
  over.meet(0, 'closed');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(flapping.said.includes(true)).toBe(false);
  expect(idle.said).toEqual([false]);
  expect(over.said).toEqual([]);
});

test('since when it is lost stands over entries that find none either', () => {
  const store = openSnapshotStore();
  let told = 0;
  store.subscribe(() => (told += 1));
  store.noteWay(false, 1);
  store.noteWay(true, 2);
  store.noteWay(true, 3);
  expect([store.now().wayLostSinceMs, told]).toEqual([2, 1]);
  store.noteWay(false, 4);
  expect([store.now().wayLostSinceMs, told]).toEqual([null, 2]);
});
