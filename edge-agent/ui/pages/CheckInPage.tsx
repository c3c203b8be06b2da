import type { ReactElement } from 'react';
import { CameraView } from '../camera/CameraView.tsx';
import { useSessionCamera } from '../camera/use-session-camera.ts';
import { useAgentSession } from '../link/use-agent-session.ts';
import { useLinkView } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';

/** 值班签到: a look at the camera, and the PIN always beside it. */
export function CheckInPage({ go }: { readonly go: Go }): ReactElement {
  const camera = useSessionCamera();
  const { guide } = useLinkView();
  useAgentSession(camera.state === 'ready', { path: '/api/check-in/face', body: '{}' }, go);
  const isBroken = camera.state !== 'ready' && camera.state !== 'opening';
  return (
    <main className="check-in">
      <CameraView camera={camera} isGood={guide?.word === 'hold-still'}>
        {isBroken ? (
          <NoCamera state={camera.state} />
        ) : (
          <Ask word={guideKey(camera.state, guide)} />
        )}
      </CameraView>
      <div className="check-in-ways">
        <Tile icon="back" textKey="button.back" onPress={() => go(home)} />
        <Tile
          icon="pin"
          textKey="home.pin"
          tone={isBroken ? 'main' : 'plain'}
          onPress={() => go({ page: 'pin', personId: null })}
        />
      </div>
    </main>
  );
}

type CameraWord = ReturnType<typeof useSessionCamera>['state'];

function guideKey(state: CameraWord, guide: { readonly word: string } | null): string {
  if (state === 'opening') return 'camera.opening';
  return `guide.${guide?.word ?? 'look-at-camera'}`;
}

/** The one thing to do next, large, on the picture. */
export function Ask({ word }: { readonly word: string }): ReactElement {
  return (
    <div className="camera-ask" role="status">
      <TwoLines textKey={word} />
    </div>
  );
}

export function NoCamera({ state }: { readonly state: CameraWord }): ReactElement {
  return (
    <div className="camera-none" role="alert">
      <Icon name="noCamera" />
      <TwoLines textKey={`camera.${state}`} />
      <TwoLines textKey="camera.usePin" />
    </div>
  );
}
