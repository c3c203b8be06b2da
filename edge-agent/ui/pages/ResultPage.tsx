import { useWords } from '@sightline/look';
import { useEffect, type ReactElement } from 'react';
import { clockTime } from '../clock-time.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon, type IconName } from '../parts/Icon.tsx';
import { refusalKey } from '../parts/RefusalText.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Answered, type Go } from '../route.ts';
import { playTone, type Tone } from '../sound/tone.ts';

interface Face {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly titleKey: string;
}

const faces: Readonly<Record<Answered['outcome'], Face>> = {
  'checked-in': { tone: 'good', icon: 'check', titleKey: 'result.checkedIn' },
  'already-checked-in': { tone: 'again', icon: 'check', titleKey: 'result.already' },
  enrolled: { tone: 'good', icon: 'check', titleKey: 'result.enrolled' },
  'pin-set': { tone: 'good', icon: 'check', titleKey: 'result.pinSet' },
  'use-pin': { tone: 'no', icon: 'question', titleKey: 'result.usePin' },
  refused: { tone: 'no', icon: 'warn', titleKey: 'result.refused' },
};

/** Refusals that the other method gets around. */
const pinHelps: ReadonlySet<string> = new Set([
  'face-disabled',
  'face-unavailable',
  'nobody-enrolled',
  'session-running',
]);

const goodMs = 6_000;
const noMs = 15_000;

interface Props {
  readonly answer: Answered;
  readonly go: Go;
}

/** The answer: one word that fills the screen, one tone, and who it was. */
export function ResultPage({ answer, go }: Props): ReactElement {
  const { tone, icon, titleKey } = faces[answer.outcome];
  useEffect(() => {
    playTone(tone);
    const timer = setTimeout(() => go(home), tone === 'no' ? noMs : goodMs);
    return () => clearTimeout(timer);
  }, [tone, go]);
  const wantsPin =
    answer.outcome === 'use-pin' || (answer.outcome === 'refused' && pinHelps.has(answer.code));
  return (
    <main className={`result result-${tone}`} role="alert">
      <div className="result-sign">
        <Icon name={icon} />
      </div>
      <div className="result-text">
        <div className="result-word">
          <TwoLines textKey={titleKey} />
        </div>
        <Detail answer={answer} />
      </div>
      <div className="result-ways">
        <Tile icon="back" textKey="button.back" onPress={() => go(home)} />
        {wantsPin && (
          <Tile
            icon="pin"
            textKey="home.pin"
            tone="main"
            onPress={() => go({ page: 'pin', personId: null })}
          />
        )}
      </div>
    </main>
  );
}

function Detail({ answer }: { readonly answer: Answered }): ReactElement {
  const { t } = useWords();
  const { people } = useKiosk();
  if (answer.outcome === 'use-pin') return <Line textKey="result.usePinHint" />;
  if (answer.outcome === 'refused') return <Line textKey={refusalKey(answer.code)} />;
  const name = people.find((person) => person.personId === answer.personId)?.name ?? '';
  return (
    <>
      <p className="result-name">{name}</p>
      {answer.outcome === 'enrolled' && <Line textKey="result.enrolledHint" />}
      {answer.outcome === 'pin-set' && <Line textKey="result.pinSetHint" />}
      {answer.outcome === 'already-checked-in' && (
        <Line textKey="result.alreadyHint" values={{ time: clockTime(answer.at) }} />
      )}
      {answer.outcome === 'checked-in' && (
        <p className="result-facts">
          {[
            t(answer.shift.endsWith('night') ? 'home.night' : 'home.day'),
            clockTime(answer.at),
            t(answer.method === 'face' ? 'result.byFace' : 'result.byPin'),
          ].join(' · ')}
        </p>
      )}
      {answer.outcome === 'checked-in' && answer.waiting && <Line textKey="result.waiting" />}
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
