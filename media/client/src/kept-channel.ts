import { channelLanguages } from '@sightline/contracts';
import type { Channel } from '#meeting-client.ts';

const key = 'sightline.channel';

/** 收听: what this page chose to hear in this meeting before it was loaded anew; the floor where it chose nothing. */
export function keptChannel(storage: Pick<Storage, 'getItem'>, meetingId: string): Channel {
  const [of, channel] = storage.getItem(key)?.split(' ') ?? [];
  const found = channelLanguages.find((language) => language === channel);
  return of === meetingId && found !== undefined ? found : 'floor';
}

/** Keeps the choice for this meeting; that for another goes. */
export function keepChannel(
  storage: Pick<Storage, 'setItem'>,
  meetingId: string,
  channel: Channel,
): void {
  storage.setItem(key, `${meetingId} ${channel}`);
}
