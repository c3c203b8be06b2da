import { refuse, type SignalName } from '@sightline/contracts';
import type { Device } from 'mediasoup-client';
import type { Transport } from 'mediasoup-client/types';
import { expect, test } from 'vitest';
import type { Ask } from '#signal-link.ts';
import { Receiver, type Shown } from '#receiver.ts';
import { scriptedBrowser } from '#testing/scripted-browser.ts';
import { enterReply, scriptedConsumer } from '#testing/scripted-media.ts';

/** A page's receiver whose browser fails so often, and whose server then refuses so often. */
async function openReceiver({ faults = 0, refusals = 0, code = 'too-many' } = {}) {
  const parts = scriptedBrowser();
  const device: Device = await parts.makeDevice();
  const { routerRtpCapabilities, receive } = enterReply();
  // As the media server offers them.
  await device.load({ routerRtpCapabilities: routerRtpCapabilities as never });
  const transport: Transport = device.createRecvTransport(receive as never);
  transport.on('connect', (_, done) => done());
  const real = transport.consume.bind(transport);
  let consumed = 0;
  transport.consume = ((options: Parameters<typeof real>[0]) => {
    consumed += 1;
    return consumed <= faults ? Promise.reject(new Error('no decoder')) : real(options);
  }) as typeof transport.consume;
  const asked: SignalName[] = [];
  const ask = (async (name: SignalName) => {
    asked.push(name);
    return asked.length <= refusals ? refuse(code, '…') : {};
  }) as unknown as Ask;
  const waits: number[] = [];
  let onWait = (): void => undefined;
  const lasts = async (ms: number): Promise<boolean> => {
    waits.push(ms);
    onWait();
    return true;
  };
  let shown: Shown = { pictures: [], voices: [] };
  const receiver = new Receiver(parts, (now) => (shown = now));
  return {
    receiver,
    take: () => receiver.take({ transport, ask, lasts }, scriptedConsumer('c-1', 'audio')),
    waits,
    asked,
    tries: () => consumed,
    voices: () => shown.voices.length,
    whileWaiting: (act: () => void) => (onWait = act),
  };
}

test('a voice that the browser could not set up is set up again, after growing waits', async () => {
  const page = await openReceiver({ faults: 3 });
  await page.take();
  expect([page.tries(), page.voices(), page.asked]).toEqual([4, 1, ['consumer-ready']]);
  expect(page.waits).toEqual(page.waits.toSorted((a, b) => a - b));
  expect(new Set(page.waits).size).toBe(3);
});

test('where the server had too much to do, it is asked again to let it flow', async () => {
  const page = await openReceiver({ refusals: 2 });
  await page.take();
  expect([page.tries(), page.asked.length, page.voices()]).toEqual([1, 3, 1]);
});

test('what the server has closed meanwhile is not tried again', async () => {
  const page = await openReceiver({ faults: 9 });
  page.whileWaiting(() => page.receiver.drop('c-1'));
  await page.take();
  expect([page.tries(), page.voices()]).toEqual([1, 0]);
  const gone = await openReceiver({ refusals: 1, code: 'not-found' });
  await gone.take();
  expect([gone.asked.length, gone.voices()]).toEqual([1, 0]);
});

test('it is given up after so many tries, and the fault is told', async () => {
  const page = await openReceiver({ faults: 99 });
  await expect(page.take()).rejects.toThrow('no decoder');
  expect(page.tries()).toBe(8);
});
