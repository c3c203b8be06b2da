import { useWords } from '@sightline/look';
import { useEffect, useState, type ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { useFaceTrouble } from '../link/use-face-trouble.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { RefusalText } from '../parts/RefusalText.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';
import { reasonIcons, useSayWho } from './check-words.ts';
import { countdown, useRing, useRingTone, type Ring } from './use-ring.ts';

const ringEveryMs = 3_000;

interface Props {
  readonly checkId: string;
  readonly go: Go;
}

/** 在岗抽查 rings: why, by whom, how long still, and three ways to answer. */
export function RingPage({ checkId, go }: Props): ReactElement | null {
  const ring = useRing();
  const isHere = ring?.check.checkId === checkId;
  useRingTone(isHere ? checkId : null, ringEveryMs);
  useEffect(() => {
    void ask('/api/spot-check/shown', { checkId });
  }, [checkId]);
  useEffect(() => {
    if (!isHere) go({ page: 'checks' });
  }, [isHere, go]);
  if (ring === null || !isHere) return null;
  return (
    <main className="ring">
      <Why ring={ring} />
      <Ways checkId={checkId} go={go} />
    </main>
  );
}

function Why({ ring: { check, secondsLeft } }: { readonly ring: Ring }): ReactElement {
  const { t } = useWords();
  const sayWho = useSayWho();
  return (
    <section className="ring-why" role="alert">
      <div className="ring-sign">
        <Icon name={reasonIcons[check.reason]} />
      </div>
      <div className="ring-words">
        <p className="ring-title">
          <TwoLines textKey="check.title" />
        </p>
        <h2>
          <TwoLines textKey={`check.reason.${check.reason}`} />
        </h2>
        {check.note !== '' && <p className="ring-note">{check.note}</p>}
        <p className="ring-who">{t('check.by', { who: sayWho(check) })}</p>
      </div>
      <div className="ring-clock" role="timer">
        <b>{countdown(secondsLeft)}</b>
        <TwoLines textKey="check.left" />
      </div>
    </section>
  );
}

function Ways({ checkId, go }: Props): ReactElement {
  const { people } = useKiosk();
  const hasFace = useFaceTrouble() === null && people.some((person) => person.hasFace);
  const [refused, setRefused] = useState<string | null>(null);

  async function askForCall(): Promise<void> {
    const answer = await ask('/api/spot-check/call', { checkId });
    if (isDenied(answer)) setRefused(answer.denied);
  }

  return (
    <section className="ring-ways">
      <div className="ring-tiles">
        {hasFace && (
          <Tile
            icon="face"
            textKey="check.byFace"
            tone="main"
            onPress={() => go({ page: 'spot-check', step: 'face', checkId })}
          />
        )}
        <Tile
          icon="pin"
          textKey="check.byPin"
          tone={hasFace ? 'plain' : 'main'}
          onPress={() => go({ page: 'spot-check', step: 'pin', checkId, personId: null })}
        />
        <Tile icon="phone" textKey="check.callMe" onPress={() => void askForCall()} />
      </div>
      {refused !== null && <RefusalText code={refused} />}
      <button type="button" className="ring-later" onClick={() => go(home)}>
        <TwoLines textKey="check.later" />
      </button>
    </section>
  );
}
