import { refuse, type Tier } from '@sightline/contracts';
import type { ConnectionState, Transport } from 'mediasoup-client/types';
import { expect, test, vi } from 'vitest';
import type { Ask } from '#signal-link.ts';
import { watchIce } from '#watch-ice.ts';

function stage(answer: unknown, pace: () => Tier = () => 'video-300') {
  const asked: string[] = [];
  let tell: (state: ConnectionState) => void = () => undefined;
  const restarts: unknown[] = [];
  const transport = {
    id: 't-1',
    on: (_: string, listener: (state: ConnectionState) => void) => {
      tell = listener;
    },
    restartIce: async (given: unknown) => void restarts.push(given),
  };
  const ask = async (name: string) => {
    asked.push(name);
    return answer;
  };
  const watch = watchIce(
    // What the watch uses of a transport, and of asking.
    transport as unknown as Pick<Transport, 'id' | 'on' | 'restartIce'>,
    {
      ask: ask as unknown as Ask,
      pace,
      renewIceServers: async () => void asked.push('renew'),
    },
  );
  let hasFailed = false;
  void watch.failed.then(() => {
    hasFailed = true;
  });
  return {
    asked,
    restarts,
    watch,
    meet: (state: ConnectionState) => tell(state),
    failed: () => hasFailed,
  };
}

test('a path that stays lost is restarted; one that comes back is left alone', async () => {
  vi.useFakeTimers();
  const { asked, restarts, meet, failed, watch } = stage({ ok: true, iceParameters: {} });
  meet('disconnected');
  meet('connected');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([]);
  meet('disconnected');
  await vi.advanceTimersByTimeAsync(3_000);
  expect(asked).toEqual(['renew', 'restart-ice']);
  expect(restarts).toHaveLength(1);
  meet('connected');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(failed()).toBe(false);
  watch.close();
  vi.useRealTimers();
});

test('a first way that is looked for in vain means: enter anew; one that is found in time is kept', async () => {
  vi.useFakeTimers();
  const vain = stage({ ok: true, iceParameters: {} });
  const found = stage({ ok: true, iceParameters: {} });
  vain.meet('connecting');
  found.meet('connecting');
  await vi.advanceTimersByTimeAsync(14_000);
  expect(vain.failed()).toBe(false);
  found.meet('connected');
  await vi.advanceTimersByTimeAsync(60_000);
  expect([vain.failed(), found.failed()]).toEqual([true, false]);
  expect([...vain.asked, ...found.asked]).toEqual([]);
  vi.useRealTimers();
});

test('a restart that does not help, or is refused, means: enter anew', async () => {
  vi.useFakeTimers();
  const slow = stage({ ok: true, iceParameters: {} });
  slow.meet('failed');
  await vi.advanceTimersByTimeAsync(8_000);
  expect(slow.failed()).toBe(true);
  const refused = stage(refuse('not-found', 'No such transport.'));
  refused.meet('failed');
  await vi.advanceTimersByTimeAsync(1);
  expect(refused.failed()).toBe(true);
  vi.useRealTimers();
});

test('a link that turns out to be thin is given the time its questions take', async () => {
  vi.useFakeTimers();
  let tier: Tier = 'video-300';
  const { asked, meet, failed } = stage({ ok: true, iceParameters: {} }, () => tier);
  meet('disconnected');
  tier = 'audio';
  await vi.advanceTimersByTimeAsync(7_900);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual(['renew', 'restart-ice']);
  await vi.advanceTimersByTimeAsync(19_900);
  expect(failed()).toBe(false);
  await vi.advanceTimersByTimeAsync(100);
  expect(failed()).toBe(true);
  vi.useRealTimers();
});
