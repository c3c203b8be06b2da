import { useEffect, useRef, type ReactElement } from 'react';
import { decodeFrame } from '#domain/frame-codec.ts';
import { useLink } from '../link/use-kiosk.ts';
import { Oval } from './Oval.tsx';
import { unpackPixels } from './pack-frame.ts';
import type { SessionCamera } from './use-session-camera.ts';

interface Props {
  readonly camera: SessionCamera;
  /** Green once somebody is being recognised. */
  readonly isGood: boolean;
}

/** The mirrored picture with its oval. */
export function CameraView({ camera, isGood }: Props): ReactElement {
  return (
    <div className="camera">
      {camera.owner === 'page' ? (
        <video ref={camera.video} className="camera-picture" autoPlay muted playsInline />
      ) : (
        <AgentPicture />
      )}
      <Oval isGood={isGood} />
    </div>
  );
}

/** The agent's own camera, as small pictures over the socket. */
function AgentPicture(): ReactElement {
  const link = useLink();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(
    () =>
      link.onPreview((message) => {
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
