import { useCallback, useEffect, useRef, type ReactElement } from 'react';
import { sendFrames } from '../camera/page-camera.ts';
import { SessionView } from '../camera/SessionView.tsx';
import type { SessionCamera } from '../camera/use-session-camera.ts';
import { useAgentSession } from '../link/use-agent-session.ts';
import { useKiosk, useLink } from '../link/use-kiosk.ts';
import { refusalKey } from '../parts/RefusalText.tsx';
import { Tile } from '../parts/Tile.tsx';
import type { Go } from '../route.ts';
import { playTone } from '../sound/tone.ts';

interface Props {
  readonly meetingId: string;
  readonly round: number;
  readonly camera: MediaStreamTrack;
  /** With the text of what failed; null = by touch. */
  readonly onBack: (textKey: string | null) => void;
}

/**
 * 人脸应答 in the middle of a meeting, which keeps the camera. Where this page owns it, the agent sees pictures
 * of the same track while this is open; its own camera the agent sees anyway.
 */
export function RollCallFace({ meetingId, round, camera, onBack }: Props): ReactElement {
  const link = useLink();
  const { owner, state } = useKiosk().camera;
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const { current } = video;
    if (owner === 'agent' || current === null) return undefined;
    const leaving = new AbortController();
    current.srcObject = new MediaStream([camera]);
    link.tellCamera('ready', null);
    sendFrames(current, (message) => link.sendFrame(message), leaving.signal);
    return () => {
      leaving.abort();
      current.srcObject = null;
      link.tellCamera('absent', 'No session needs the camera.');
    };
  }, [owner, camera, link]);
  useEffect(
    () =>
      link.onResult((result) => {
        if (result.outcome === 'meeting-present') playTone('good');
        else if (result.outcome === 'refused') onBack(refusalKey(result.code));
        else if (result.outcome === 'use-pin') onBack(`usePin.${result.why}.title`);
      }),
    [link, onBack],
  );
  const body = JSON.stringify({ meetingId, round });
  const leave = useCallback<Go>(
    (route) => {
      if (route.page !== 'result' || route.answer.outcome !== 'refused') return;
      onBack(refusalKey(route.answer.code));
    },
    [onBack],
  );
  useAgentSession(true, { path: '/api/meetings/present/face', body, isAsked: true }, leave);
  const sight: SessionCamera = { owner, state: owner === 'page' ? 'ready' : state, video };
  return (
    <div className="session roll-call-face">
      <SessionView camera={sight} />
      <div className="session-foot">
        <div className="session-ways">
          <Tile icon="back" textKey="button.back" onPress={() => onBack(null)} />
        </div>
      </div>
    </div>
  );
}
