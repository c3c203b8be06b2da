import { useEffect, type ReactElement } from 'react';
import { useLinkView } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { playTone } from '../sound/tone.ts';
import { CameraView } from './CameraView.tsx';
import { ChallengeSign } from './ChallengeSign.tsx';
import { askKeyOf, looking, type SessionStage } from './session-stage.ts';
import { isBroken, type SessionCamera } from './use-session-camera.ts';

/** The picture of a session and the one thing to do next; or why there is no picture. */
export function SessionView({ camera }: { readonly camera: SessionCamera }): ReactElement {
  const { guide } = useLinkView();
  const stage = guide?.stage ?? looking;
  useStageTone(stage);
  if (isBroken(camera)) return <NoCamera state={camera.state} />;
  const word = guide?.word ?? 'look-at-camera';
  const textKey = camera.state === 'opening' ? 'camera.opening' : askKeyOf(word, stage);
  const isGood = word === 'hold-still' || stage.kind !== 'looking';
  return (
    <>
      <CameraView camera={camera} isGood={isGood} stage={stage} />
      <div className={`session-ask session-${stage.kind}`} role="status">
        {stage.kind !== 'looking' && <ChallengeSign stage={stage} />}
        <TwoLines textKey={textKey} />
      </div>
    </>
  );
}

/** Once for each change: what to do now, and when to come back. */
function useStageTone({ kind }: SessionStage): void {
  useEffect(() => {
    if (kind !== 'looking') playTone(kind === 'acting' ? 'now' : 'back');
  }, [kind]);
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
