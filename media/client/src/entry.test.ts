import { isRefusal, refuse, type Tier } from '@sightline/contracts';
import type { Device } from 'mediasoup-client';
import { expect, test, vi } from 'vitest';
import { enterRoom } from '#entry.ts';
import type { Ask } from '#signal-link.ts';
import { scriptedBrowser } from '#testing/scripted-browser.ts';
import { answerWell } from '#testing/scripted-media.ts';

const relay = (end: number) => ({
  urls: ['turn:relay.example:3478', 'turns:relay.example:5349?transport=tcp'],
  username: `${end}:venue-540235100201`,
  credential: `signed ${end}`,
});

async function enter(iceServers: readonly object[], renewed: () => unknown) {
  const asked: string[] = [];
  const made: unknown[] = [];
  const ask = async (name: Parameters<Ask>[0]) => {
    asked.push(name);
    if (name === 'ice-servers') return renewed();
    return name === 'enter' ? { ...answerWell(name), iceServers } : answerWell(name);
  };
  const makeDevice = async (): Promise<Device> => {
    const device = await scriptedBrowser().makeDevice();
    for (const make of ['createSendTransport', 'createRecvTransport'] as const) {
      const plain = device[make].bind(device);
      vi.spyOn(device, make).mockImplementation((options) => {
        made.push(options.iceServers);
        return plain(options);
      });
    }
    return device;
  };
  // Answers as a server would; the types of each name are the contract's.
  const options = {
    ask: ask as unknown as Ask,
    makeDevice,
    visitId: 'v',
    channel: 'floor',
    pace: (): Tier => 'video-300',
    onWay: () => undefined,
  } as const;
  const entry = await enterRoom(options);
  if (isRefusal(entry)) throw new Error(entry.detail);
  return { entry, asked, made };
}

test('both transports look for their way with the relays of the entry, and with new keys later', async () => {
  const { entry, asked, made } = await enter([relay(1)], () => ({ iceServers: [relay(2)] }));
  expect(made).toEqual([[relay(1)], [relay(1)]]);
  expect(entry.hasRelays).toBe(true);
  const updates = [entry.send, entry.receive].map((one) => vi.spyOn(one, 'updateIceServers'));
  await entry.renewIceServers();
  expect(asked).toContain('ice-servers');
  for (const update of updates) expect(update).toHaveBeenCalledWith({ iceServers: [relay(2)] });
  entry.close();
});

test('a page without relays asks for none, and one that is refused new keys keeps its own', async () => {
  const without = await enter([], () => ({ iceServers: [relay(2)] }));
  await without.entry.renewIceServers();
  expect(without.entry.hasRelays).toBe(false);
  expect(without.asked).not.toContain('ice-servers');
  without.entry.close();
  const refused = await enter([relay(1)], () => refuse('not-in-room', 'Enter the room first.'));
  const update = vi.spyOn(refused.entry.send, 'updateIceServers');
  await refused.entry.renewIceServers();
  expect(update).not.toHaveBeenCalled();
  refused.entry.close();
});
