import { useCallback, useEffect, type ReactElement } from 'react';
import { SessionView } from '../camera/SessionView.tsx';
import { looking } from '../camera/session-stage.ts';
import { isBroken, useSessionCamera } from '../camera/use-session-camera.ts';
import { useAgentSession } from '../link/use-agent-session.ts';
import { useKiosk, useLinkView } from '../link/use-kiosk.ts';
import { Steps } from '../parts/Steps.tsx';
import { Tile } from '../parts/Tile.tsx';
import type { Aim } from '../aim.ts';
import { byPin, home, type Go } from '../route.ts';

interface Props {
  readonly isAsked: boolean;
  readonly aim?: Aim | undefined;
  readonly go: Go;
}

/** 值班签到, 签退 or 交接 by face: a look at the camera, one small thing to do, and the PIN always beside it. */
export function CheckInPage({ isAsked, aim = 'check-in', go }: Props): ReactElement {
  const camera = useSessionCamera();
  const isReady = camera.state === 'ready';
  const goOn = useCallback<Go>(
    (next) => go(next.page === 'result' ? { ...next, aim } : next),
    [go, aim],
  );
  useAgentSession(isReady, { path: `/api/${aim}/face`, body: '{}', isAsked }, goOn);
  useHomeWhenOver(isAsked, go);
  const stage = useLinkView().guide?.stage ?? looking;
  const done = { looking: 0, acting: 1, returning: 2 }[stage.kind];
  return (
    <main className="session">
      <SessionView camera={camera} />
      <div className="session-foot">
        {!isBroken(camera) && <Steps done={done} of={3} labelKey={`duty.aim.${aim}`} />}
        <div className="session-ways">
          <Tile icon="back" textKey="button.back" onPress={() => go(home)} />
          <Tile
            icon="pin"
            textKey="home.pin"
            tone={isBroken(camera) ? 'main' : 'plain'}
            onPress={() => go({ ...byPin, aim })}
          />
        </div>
      </div>
    </main>
  );
}

/** Nobody asked for it: it may end without a word. */
function useHomeWhenOver(isAsked: boolean, go: Go): void {
  const isOver = useKiosk().session !== 'check-in';
  useEffect(() => {
    if (!isAsked && isOver) go(home);
  }, [isAsked, isOver, go]);
}
