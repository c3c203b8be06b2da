import { languages, useWords } from '@sightline/look';
import type { MeetingSnapshot } from '@sightline/media-client';
import { useEffect, useState } from 'react';
import { picturesPerS } from '#domain/meeting-picture.ts';
import { useKiosk, useLink } from '../link/use-kiosk.ts';
import { openAgentTrack } from './agent-track.ts';

/** The camera that the agent owns, as a track, while it is wanted and gives pictures; null = none. */
export function useAgentTrack(isWanted: boolean): MediaStreamTrack | null {
  const link = useLink();
  const { t } = useWords();
  const { camera, shutter } = useKiosk();
  const [track, setTrack] = useState<MediaStreamTrack | null>(null);
  const isOpen = isWanted && camera.state === 'ready' && !shutter.isShut;
  // Whoever sees it may read another language than this page.
  const words = languages.map((lng) => t('camera.sampleMark', { lng })).join(' · ');
  const mark = camera.isSample ? words : null;
  useEffect(() => {
    if (!isOpen) return undefined;
    const leaving = new AbortController();
    openAgentTrack(link, { mark, onTrack: setTrack }, leaving.signal);
    return () => {
      leaving.abort();
      setTrack(null);
    };
  }, [link, isOpen, mark]);
  return track;
}

/** The agent's camera is asked for no more pictures than the village's link carries, and for none while paused. */
export function usePicturePace(
  track: MediaStreamTrack | null,
  { sending, own }: MeetingSnapshot,
): void {
  const link = useLink();
  const isAgents = useKiosk().camera.owner === 'agent';
  const perS = sending.camera === 'on' ? picturesPerS(own?.up ?? 'video-300') : 0;
  useEffect(() => {
    if (isAgents && track !== null) link.wantPictures(perS);
  }, [link, isAgents, track, perS]);
}
