import type { ReactElement } from 'react';
import { SessionView } from '../camera/SessionView.tsx';
import { isBroken, useSessionCamera } from '../camera/use-session-camera.ts';
import { useAgentSession } from '../link/use-agent-session.ts';
import { Tile } from '../parts/Tile.tsx';
import { home, type Go } from '../route.ts';

/** 值班签到: a look at the camera, and the PIN always beside it. */
export function CheckInPage({ go }: { readonly go: Go }): ReactElement {
  const camera = useSessionCamera();
  useAgentSession(camera.state === 'ready', { path: '/api/check-in/face', body: '{}' }, go);
  return (
    <main className="session">
      <SessionView camera={camera} />
      <div className="session-foot session-ways">
        <Tile icon="back" textKey="button.back" onPress={() => go(home)} />
        <Tile
          icon="pin"
          textKey="home.pin"
          tone={isBroken(camera) ? 'main' : 'plain'}
          onPress={() => go({ page: 'pin', personId: null })}
        />
      </div>
    </main>
  );
}
