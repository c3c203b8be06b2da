import { isOpenChange, sidesOf, type OwnShiftChange, type ShiftAnswer } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { refusalKey } from '../parts/RefusalText.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';
import type { Found } from './appeal-route.ts';
import { ChangeState, ChangeWhat, PassingDuties, useNameOf } from './ChangeWords.tsx';

interface Props extends Found {
  readonly change: OwnShiftChange;
  readonly go: Go;
}

/** One request: the duties that would pass, and the person's own yes or no by one touch. */
export function ChangeStep({ own, found, change, go }: Props): ReactElement {
  const { t } = useWords();
  const [isSending, setSending] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const mayAnswer = isOpenChange(change.state) && change.own === null;

  async function answer(said: ShiftAnswer): Promise<void> {
    if (isSending) return;
    setSending(true);
    const body = { ...own, changeId: change.ask.changeId, answer: said };
    const reply = await ask('/api/shift-change/answer', body);
    setSending(false);
    if (isDenied(reply)) return setRefused(reply.denied);
    // The agent's own answer, whose shape `contracts/watch/kiosk-shift-change.ts` fixes.
    return go({ page: 'own-duties', step: 'answered', change: reply as OwnShiftChange });
  }

  return (
    <main className="page shift-change">
      <PageHead
        onBack={() => go({ page: 'own-duties', step: 'list', own, found, view: 'changes' })}
        hint={<ChangeState change={change} />}
      >
        <ChangeWhat ask={change.ask} />
      </PageHead>
      <div className="shift-change-what" tabIndex={0}>
        <PassingDuties ask={change.ask} />
        <Words change={change} />
      </div>
      <p className="page-note" role="alert">
        {t(refused === null ? 'shiftChange.hint' : refusalKey(refused))}
      </p>
      {mayAnswer && (
        <div className="shift-change-ways">
          <Tile icon="no" textKey="shiftChange.decline" onPress={() => void answer('declined')} />
          <Tile
            icon="check"
            textKey="shiftChange.agree"
            tone="main"
            onPress={() => void answer('agreed')}
          />
        </div>
      )}
    </main>
  );
}

/** What the console wrote down for this person, and what the other one said here. */
function Words({ change }: { readonly change: OwnShiftChange }): ReactElement {
  const { t } = useWords();
  const nameOf = useNameOf();
  const other = nameOf(otherOf(change));
  return (
    <ul className="shift-change-words">
      {change.isNoted && change.own === null && <li>{t('shiftChange.noted')}</li>}
      {change.other !== null && <li>{t(`shiftChange.other.${change.other}`, { name: other })}</li>}
      {change.ask.kind === 'take-over' && <li>{t('shiftChange.takenAtOnce')}</li>}
    </ul>
  );
}

function otherOf({ ask, isAsker }: OwnShiftChange): string {
  const { asker, asked } = sidesOf(ask);
  return isAsker ? asked : asker;
}

interface AnsweredProps {
  readonly change: OwnShiftChange;
  readonly go: Go;
}

/** What was kept, and what happens now. */
export function AnsweredStep({ change, go }: AnsweredProps): ReactElement {
  return (
    <main className="page complaint-receipt">
      <PageHead onBack={() => go(home)}>
        <TwoLines textKey={`shiftChange.kept.${change.own?.answer ?? 'agreed'}`} />
      </PageHead>
      <div className="receipt own-duty-receipt">
        <PassingDuties ask={change.ask} />
        <TwoLines textKey={`shiftChange.next.${change.own?.answer ?? 'agreed'}`} />
      </div>
      <button type="button" className="way way-main" onClick={() => go(home)}>
        <TwoLines textKey="complaint.ok" />
      </button>
    </main>
  );
}
