import { useEffect, useState, type ReactElement } from 'react';
import type { SessionStage } from './session-stage.ts';

type Doing = Exclude<SessionStage, { kind: 'looking' }>;

const turnEveryMs = 1_000;

/**
 * The challenge without words: a head looks ahead, then does it. As in a mirror, the person's own left
 * is on the left. Still, and already doing it, where motion is not wanted.
 */
export function ChallengeSign({ stage }: { readonly stage: Doing }): ReactElement {
  const { kind, challenge } = stage;
  const does = useTurns();
  if (kind === 'returning') {
    return (
      <svg className="sign" viewBox="0 0 120 120" aria-hidden="true">
        <Head />
        <AheadFace />
      </svg>
    );
  }
  const isRight = challenge === 'turn-right';
  return (
    <svg
      className={`sign ${does ? 'sign-does' : 'sign-waits'}`}
      viewBox="0 0 120 120"
      aria-hidden="true"
    >
      <g transform={isRight ? 'translate(120) scale(-1 1)' : undefined}>
        {challenge !== 'blink' && <TurnArrow />}
        <Head />
        <g className="sign-ahead">
          <AheadFace />
        </g>
        <g className="sign-acting">{challenge === 'blink' ? <ShutEyes /> : <LeftFace />}</g>
      </g>
    </svg>
  );
}

/** False and true in turns. */
function useTurns(): boolean {
  const [does, setDoes] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => setDoes((before) => !before), turnEveryMs);
    return () => clearInterval(timer);
  }, []);
  return does;
}

function Head(): ReactElement {
  return <ellipse cx="66" cy="62" rx="36" ry="46" />;
}

function AheadFace(): ReactElement {
  return (
    <>
      <circle className="sign-eye" cx="52" cy="54" r="5" />
      <circle className="sign-eye" cx="80" cy="54" r="5" />
      <path d="M66 60v10M54 84q12 8 24 0" />
    </>
  );
}

function ShutEyes(): ReactElement {
  return (
    <>
      <path d="M44 54q8 7 16 0M72 54q8 7 16 0" />
      <path d="M66 60v10M54 84q12 8 24 0" />
    </>
  );
}

function LeftFace(): ReactElement {
  return (
    <>
      <circle className="sign-eye" cx="40" cy="54" r="5" />
      <circle className="sign-eye" cx="64" cy="54" r="5" />
      <path d="M48 60l-6 10h6M42 85q9 7 20 0M90 56q7 6 0 16" />
    </>
  );
}

function TurnArrow(): ReactElement {
  return <path className="sign-arrow" d="M20 46 6 62l14 16" />;
}
