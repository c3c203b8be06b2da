import { useEffect, useState } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { useAgentTrack } from './use-agent-track.ts';

/** What this page takes from camera and microphone for a meeting; null = there is none. */
export interface MeetingMedia {
  readonly camera: MediaStreamTrack | null;
  readonly microphone: MediaStreamTrack | null;
  /** False until both were asked for. */
  readonly isOpened: boolean;
}

const none: MeetingMedia = { camera: null, microphone: null, isOpened: false };
const picture = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25 } };
const voice = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/**
 * Camera and microphone for as long as this page is in the meeting. The shutter closes both for real:
 * nothing is only hidden. A camera that the agent owns stays the agent's, and is seen here.
 */
export function useMeetingMedia(): MeetingMedia {
  const isPageCamera = useKiosk().camera.owner === 'page';
  const own = usePageMedia(isPageCamera);
  const agents = useAgentTrack(!isPageCamera);
  return isPageCamera ? own : { ...own, camera: agents };
}

/** What the browser itself opens. */
function usePageMedia(isPageCamera: boolean): MeetingMedia {
  const { isShut } = useKiosk().shutter;
  const [media, setMedia] = useState(none);
  useEffect(() => {
    if (isShut) {
      setMedia({ ...none, isOpened: true });
      return undefined;
    }
    const leaving = new AbortController();
    void openBoth(isPageCamera, leaving.signal).then((opened) => {
      if (!leaving.signal.aborted) setMedia(opened);
    });
    return () => {
      leaving.abort();
      setMedia(none);
    };
  }, [isPageCamera, isShut]);
  return media;
}

async function openBoth(isPageCamera: boolean, signal: AbortSignal): Promise<MeetingMedia> {
  // One after the other: a missing camera must not cost the voice.
  const camera = isPageCamera ? await openTrack({ video: picture }, signal) : null;
  const microphone = await openTrack({ audio: voice }, signal);
  return { camera, microphone, isOpened: true };
}

async function openTrack(
  wish: MediaStreamConstraints,
  signal: AbortSignal,
): Promise<MediaStreamTrack | null> {
  // Absent on an address that is neither local nor https, whatever the types say.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined || signal.aborted) return null;
  try {
    const stream = await devices.getUserMedia(wish);
    const [track] = stream.getTracks();
    const stop = (): void => track?.stop();
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    return track ?? null;
  } catch {
    return null; // None, refused or in use: the page says that there is none.
  }
}
