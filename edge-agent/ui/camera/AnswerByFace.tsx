import type { ReactElement } from 'react';
import { Tile } from '../parts/Tile.tsx';
import { SessionView } from './SessionView.tsx';
import { isBroken, type SessionCamera } from './use-session-camera.ts';

/** A look at the camera that answers something; back, and the PIN, stand beside it. */
export function AnswerByFace(props: {
  readonly camera: SessionCamera;
  readonly pinKey: string;
  readonly onBack: () => void;
  readonly onPin: () => void;
}): ReactElement {
  const { camera, pinKey, onBack, onPin } = props;
  return (
    <main className="session">
      <SessionView camera={camera} />
      <div className="session-foot">
        <div className="session-ways">
          <Tile icon="back" textKey="button.back" onPress={onBack} />
          <Tile
            icon="pin"
            textKey={pinKey}
            tone={isBroken(camera) ? 'main' : 'plain'}
            onPress={onPin}
          />
        </div>
      </div>
    </main>
  );
}
