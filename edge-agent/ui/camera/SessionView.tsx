import type { ReactElement } from 'react';
import { useLinkView } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { CameraView } from './CameraView.tsx';
import { isBroken, type SessionCamera } from './use-session-camera.ts';

/** The picture of a session and the one thing to do next; or why there is no picture. */
export function SessionView({ camera }: { readonly camera: SessionCamera }): ReactElement {
  const { guide } = useLinkView();
  if (isBroken(camera)) return <NoCamera state={camera.state} />;
  const word = `guide.${guide?.word ?? 'look-at-camera'}`;
  return (
    <>
      <CameraView camera={camera} isGood={guide?.word === 'hold-still'} />
      <div className="session-ask" role="status">
        <TwoLines textKey={camera.state === 'opening' ? 'camera.opening' : word} />
      </div>
    </>
  );
}

function NoCamera({ state }: { readonly state: SessionCamera['state'] }): ReactElement {
  return (
    <div className="session-none" role="alert">
      <Icon name="noCamera" />
      <TwoLines textKey={`camera.${state}`} />
      <TwoLines textKey="camera.usePin" />
    </div>
  );
}
