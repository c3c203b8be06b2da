import { useEffect, useRef, type ReactElement } from 'react';
import { decodeFrame } from '#domain/frame-codec.ts';
import { useKiosk, useLink } from '../link/use-kiosk.ts';
import { TwoLines } from '../parts/TwoLines.tsx';
import { Oval } from './Oval.tsx';
import { unpackPixels } from './pack-frame.ts';
import type { SessionStage } from './session-stage.ts';
import type { SessionCamera } from './use-session-camera.ts';

interface Props {
  readonly camera: SessionCamera;
  /** Green once somebody is being recognised. */
  readonly isGood: boolean;
  readonly stage: SessionStage;
}

/** The mirrored picture with its oval. */
export function CameraView({ camera, isGood, stage }: Props): ReactElement {
  const { isSample } = useKiosk().camera;
  return (
    <div className="camera">
      {camera.owner === 'page' ? (
        <video ref={camera.video} className="camera-picture" autoPlay muted playsInline />
      ) : (
        <AgentPicture />
      )}
      <Oval isGood={isGood} turn={turnOf(stage)} />
      {isSample && (
        <div className="camera-sample">
          <TwoLines textKey="camera.sample" />
        </div>
      )}
    </div>
  );
}

/** Which way the head is to go. */
function turnOf(stage: SessionStage): 'left' | 'right' | null {
  if (stage.kind !== 'acting' || stage.challenge === 'blink') return null;
  return stage.challenge === 'turn-left' ? 'left' : 'right';
}

/** The agent's own camera, as pictures over the socket. */
function AgentPicture(): ReactElement {
  const link = useLink();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(
    () =>
      link.onPicture((message) => {
        const frame = decodeFrame(new Uint8Array(message));
        const { current } = canvas;
        const pen = current?.getContext('2d');
        if ('problem' in frame || current === null || pen === null || pen === undefined) return;
        current.width = frame.width;
        current.height = frame.height;
        const picture = pen.createImageData(frame.width, frame.height);
        unpackPixels(frame.pixels, picture.data);
        pen.putImageData(picture, 0, 0);
      }),
    [link],
  );
  return <canvas ref={canvas} className="camera-picture" />;
}
