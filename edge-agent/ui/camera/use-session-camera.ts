import { useEffect, useRef, useState, type RefObject } from 'react';
import { useKiosk, useLink } from '../link/use-kiosk.ts';
import { openPageCamera, sendFrames, type CameraTrouble } from './page-camera.ts';

export interface SessionCamera {
  readonly owner: 'page' | 'agent';
  /** `opening` until the first picture can come. */
  readonly state: 'opening' | 'ready' | CameraTrouble;
  readonly video: RefObject<HTMLVideoElement | null>;
}

/** True when no picture will come: the PIN is the way. */
export function isBroken({ state }: SessionCamera): boolean {
  return state !== 'ready' && state !== 'opening';
}

/** The camera while a page with a session is shown: the page's own, or the agent's. */
export function useSessionCamera(): SessionCamera {
  const link = useLink();
  const { camera, shutter } = useKiosk();
  const { isShut } = shutter;
  const [own, setOwn] = useState<'opening' | 'ready' | CameraTrouble>('opening');
  const video = useRef<HTMLVideoElement>(null);
  const { owner } = camera;

  useEffect(() => {
    if (owner !== 'page') return undefined;
    if (isShut) {
      setOwn('shut');
      return undefined;
    }
    setOwn('opening');
    const leaving = new AbortController();
    void openPageCamera().then((opened) => {
      if (typeof opened === 'string') {
        link.tellCamera(opened === 'busy' ? 'busy' : 'absent', `The page’s camera is ${opened}.`);
        setOwn(opened);
        return;
      }
      leaving.signal.addEventListener('abort', () => {
        opened.close();
        link.tellCamera('absent', 'No session needs the camera.');
      });
      if (leaving.signal.aborted) {
        opened.close();
        return;
      }
      const { current } = video;
      if (current === null) return;
      current.srcObject = opened.stream;
      link.tellCamera('ready', null);
      sendFrames(current, (message) => link.sendFrame(message), leaving.signal);
      setOwn('ready');
    });
    return () => leaving.abort();
  }, [link, owner, isShut]);

  return { owner, state: isShut ? 'shut' : owner === 'page' ? own : camera.state, video };
}
