import type { KioskMeeting } from '@sightline/contracts';
import { keptChannel, openMeeting, type MeetingClient } from '@sightline/media-client';
import { useEffect, useEffectEvent, useState } from 'react';
import type { MeetingMedia } from './use-meeting-media.ts';

/** The page's stay in the room, for as long as the page is shown; null until it begins, or without a server. */
export function useMeetingClient(
  meeting: KioskMeeting | null,
  media: MeetingMedia,
): MeetingClient | null {
  const [client, setClient] = useState<MeetingClient | null>(null);
  const { meetingId = '', mediaUrl = '', seatToken = '', kind } = meeting ?? {};
  const isThere = URL.canParse(mediaUrl);
  // In a call both speak at once; in a larger room nobody's village is heard before somebody there wants it.
  const startsMuted = useEffectEvent(() => kind !== 'call');

  useEffect(() => {
    if (!isThere) return undefined;
    const channel = keptChannel(localStorage, meetingId);
    const opened = openMeeting({ mediaUrl, seatToken, channel });
    setClient(opened);
    return () => {
      setClient(null);
      void opened[Symbol.asyncDispose]();
    };
  }, [isThere, meetingId, mediaUrl, seatToken]);

  const { camera, microphone, isOpened } = media;
  useEffect(() => {
    if (client === null || !isOpened) return;
    void client.send('camera', camera);
    client.chooseBest({ up: camera === null ? 'audio' : 'video-300', down: 'video-300' });
  }, [client, camera, isOpened]);
  useEffect(() => {
    if (client === null || !isOpened) return;
    void client.send('microphone', microphone, startsMuted() ? 'paused' : 'on');
  }, [client, microphone, isOpened]);
  return client;
}
