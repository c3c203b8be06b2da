import { channelLanguages, type RoomWords } from '@sightline/contracts';
import {
  keepChannel,
  keptChannel,
  type Channel,
  type MeetingClient,
  type MeetingSnapshot,
} from '@sightline/media-client';
import { useState } from 'react';

/** 同声传译: what this village hears, and what it may choose. */
export interface ChannelChoice {
  readonly channel: Channel;
  /** Its interpreter is heard now; else the floor is, also where a language was chosen. */
  readonly isHeard: boolean;
  /** null = there is nothing else to choose. */
  readonly next: (() => void) | null;
}

/**
 * The floor, and each language that has an interpreter; what was chosen stays chosen while none speaks, and where the page
 * is loaded anew.
 */
export function useChannel(
  client: MeetingClient,
  { voices }: MeetingSnapshot,
  { control }: RoomWords,
): ChannelChoice {
  const { meetingId } = control;
  const [channel, setChannel] = useState<Channel>(() => keptChannel(localStorage, meetingId));
  const interpreted = control.interpreters.map(({ language }) => language);
  const choices: readonly Channel[] = [
    'floor',
    ...channelLanguages.filter((one) => one === channel || interpreted.includes(one)),
  ];
  const following = choices[(choices.indexOf(channel) + 1) % choices.length] ?? 'floor';
  return {
    channel,
    isHeard: channel === 'floor' || voices.some(({ source }) => source === 'interpreter'),
    next:
      following === channel
        ? null
        : () => {
            setChannel(following);
            keepChannel(localStorage, meetingId, following);
            client.listen(following);
          },
  };
}
