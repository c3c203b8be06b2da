import type { CheckInMethod, KioskResult } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useEffect, type ReactElement } from 'react';
import { clockTime } from '../clock-time.ts';
import { useFaceTrouble } from '../link/use-face-trouble.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { refusalKey } from '../parts/RefusalText.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { byPin, home, type Answered, type Go } from '../route.ts';
import { useRing } from '../spot-check/use-ring.ts';
import { playTone } from '../sound/tone.ts';
import { lookOf } from './answer-look.ts';

const goodMs = 6_000;
const noMs = 15_000;

interface Props {
  readonly answer: Answered;
  readonly go: Go;
}

/** The answer: one word that fills the screen, one tone, and who it was or what to do next. */
export function ResultPage({ answer, go }: Props): ReactElement {
  const { tone, icon, titleKey } = lookOf(answer);
  useEffect(() => {
    playTone(tone);
    const timer = setTimeout(() => go(home), tone === 'no' ? noMs : goodMs);
    return () => clearTimeout(timer);
  }, [tone, go]);
  return (
    <main className={`result result-${tone}`}>
      <div className="result-sign">
        <Icon name={icon} />
      </div>
      <div className="result-text" role="alert">
        <div className="result-word">
          <TwoLines textKey={titleKey} />
        </div>
        <Detail answer={answer} />
      </div>
      <Ways answer={answer} go={go} />
    </main>
  );
}

function Ways({ answer, go }: Props): ReactElement {
  const { offersPin, offersRetry } = lookOf(answer);
  const canRetry = useFaceTrouble() === null && offersRetry;
  // While a spot check rings, what failed was an answer to it.
  const ringing = useRing()?.check.checkId ?? null;
  return (
    <div className="result-ways">
      <Tile icon="back" textKey="button.back" onPress={() => go(home)} />
      {offersPin && (
        <Tile
          icon="pin"
          textKey={ringing === null ? 'home.pin' : 'check.byPin'}
          tone="main"
          onPress={() =>
            go(
              ringing === null
                ? byPin
                : { page: 'spot-check', step: 'pin', checkId: ringing, personId: null },
            )
          }
        />
      )}
      {canRetry && (
        <Tile
          icon="face"
          textKey="button.retry"
          onPress={() =>
            go(
              ringing === null
                ? { page: 'check-in', isAsked: true }
                : { page: 'spot-check', step: 'face', checkId: ringing },
            )
          }
        />
      )}
    </div>
  );
}

function Detail({ answer }: { readonly answer: Answered }): ReactElement {
  const { people } = useKiosk();
  if (answer.outcome === 'use-pin') return <Line textKey={`usePin.${answer.why}.hint`} />;
  if (answer.outcome === 'refused') return <Line textKey={refusalKey(answer.code)} />;
  const name = people.find((person) => person.personId === answer.personId)?.name ?? '';
  return (
    <>
      <p className="result-name">{name}</p>
      {answer.outcome === 'enrolled' && <Line textKey="result.enrolledHint" />}
      {answer.outcome === 'pin-set' && <Line textKey="result.pinSetHint" />}
      {answer.outcome === 'withdrawn' && <Line textKey="result.withdrawnHint" />}
      {answer.outcome === 'already-checked-in' && (
        <Line textKey="result.alreadyHint" values={{ time: clockTime(answer.at) }} />
      )}
      {answer.outcome === 'checked-in' && <CheckInFacts result={answer} />}
      {answer.outcome === 'check-answered' && <AnswerFacts result={answer} />}
    </>
  );
}

const methodKeys: Readonly<Record<CheckInMethod, string>> = {
  face: 'result.byFace',
  pin: 'result.byPin',
  'pin-witness': 'result.byPinWitness',
};

type CheckedIn = Extract<KioskResult, { outcome: 'checked-in' | 'already-checked-in' }>;

/** Which watch, when and how; and where it is kept while the link is down. */
function CheckInFacts({ result }: { readonly result: CheckedIn }): ReactElement {
  const { t } = useWords();
  const { shift, at, method, waiting } = result;
  const watch = t(shift.endsWith('night') ? 'home.night' : 'home.day');
  return (
    <>
      <p className="result-facts">{[watch, clockTime(at), t(methodKeys[method])].join(' · ')}</p>
      {waiting && <Line textKey="result.waiting" />}
    </>
  );
}

type CheckAnswered = Extract<KioskResult, { outcome: 'check-answered' }>;

/** When and how a spot check was answered; and where it is kept while the link is down. */
function AnswerFacts({ result }: { readonly result: CheckAnswered }): ReactElement {
  const { t } = useWords();
  const { at, method, isLate, waiting } = result;
  return (
    <>
      <p className="result-facts">{[clockTime(at), t(methodKeys[method])].join(' · ')}</p>
      {isLate && <Line textKey="check.lateHint" />}
      {waiting && <Line textKey="result.waiting" />}
    </>
  );
}

function Line(props: {
  readonly textKey: string;
  readonly values?: Readonly<Record<string, string>>;
}): ReactElement {
  return (
    <p className="result-line">
      <TwoLines {...props} />
    </p>
  );
}
