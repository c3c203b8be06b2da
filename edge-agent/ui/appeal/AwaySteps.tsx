import { absenceLimits, type OwnAbsence } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { refusalKey } from '../parts/RefusalText.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';
import type { AwayDraft, Found } from './appeal-route.ts';
import { AwayDays } from './AwayRows.tsx';

interface Props extends Found {
  readonly draft: AwayDraft;
  readonly go: Go;
}

/** 报外出: from which day to which, by four large touches; nobody is asked why. */
export function AwayStep({ own, found, draft, go }: Props): ReactElement {
  const { t } = useWords();
  const [isSending, setSending] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const { absenceId, from, to } = draft;
  // By the terminal's clock: a night belongs to the day it began.
  const today = useKiosk().shift.key.slice(0, 10);
  const furthest = dayAfter(from, absenceLimits.days - 1);
  const set = (next: Partial<AwayDraft>): void =>
    go({ page: 'own-duties', step: 'away', own, found, draft: { ...draft, ...next } });
  const setFrom = (day: string): void => set({ from: day, to: to < day ? day : to });

  async function send(): Promise<void> {
    setSending(true);
    const answer = await ask('/api/absence', { ...own, absenceId, from, to });
    setSending(false);
    if (isDenied(answer)) return setRefused(answer.denied);
    // The agent's own answer, whose shape `contracts/watch/kiosk-absence.ts` fixes.
    return go({ page: 'own-duties', step: 'away-kept', absence: answer as OwnAbsence });
  }

  return (
    <main className="page away">
      <PageHead
        onBack={() => go({ page: 'own-duties', step: 'list', own, found, view: 'absences' })}
      >
        <TwoLines textKey="absence.title" />
      </PageHead>
      <div className="away-days">
        <DayChoice
          word="from"
          day={from}
          onBefore={from > today ? () => setFrom(dayAfter(from, -1)) : null}
          onAfter={() => setFrom(dayAfter(from, 1))}
        />
        <DayChoice
          word="to"
          day={to}
          onBefore={to > from ? () => set({ to: dayAfter(to, -1) }) : null}
          onAfter={to < furthest ? () => set({ to: dayAfter(to, 1) }) : null}
        />
      </div>
      <p className="page-note" role="alert">
        {t(refused === null ? 'absence.hint' : refusalKey(refused))}
      </p>
      <button
        type="button"
        className="way way-main"
        disabled={isSending}
        onClick={() => void send()}
      >
        <TwoLines textKey="absence.send" />
      </button>
    </main>
  );
}

interface ChoiceProps {
  readonly word: 'from' | 'to';
  readonly day: string;
  /** Null = it goes no further. */
  readonly onBefore: (() => void) | null;
  readonly onAfter: (() => void) | null;
}

function DayChoice({ word, day, onBefore, onAfter }: ChoiceProps): ReactElement {
  const { t } = useWords();
  const { dayOfWeek } = Temporal.PlainDate.from(day);
  return (
    <div className="away-day" role="group" aria-label={t(`absence.${word}`)}>
      <span className="away-word">
        <TwoLines textKey={`absence.${word}`} />
      </span>
      <button
        type="button"
        className="way"
        aria-label={t('absence.earlier')}
        disabled={onBefore === null}
        onClick={() => onBefore?.()}
      >
        <Icon name="back" />
      </button>
      <strong aria-live="polite">
        {day.slice(5)} <small>{t(`absence.weekday.${dayOfWeek}`)}</small>
      </strong>
      <button
        type="button"
        className="way away-later"
        aria-label={t('absence.later')}
        disabled={onAfter === null}
        onClick={() => onAfter?.()}
      >
        <Icon name="back" />
      </button>
    </div>
  );
}

interface KeptProps {
  readonly absence: OwnAbsence;
  readonly go: Go;
}

/** What was kept, and what happens now. */
export function AwayKeptStep({ absence, go }: KeptProps): ReactElement {
  return (
    <main className="page complaint-receipt">
      <PageHead onBack={() => go(home)}>
        <TwoLines textKey="absence.kept" />
      </PageHead>
      <div className="receipt own-duty-receipt">
        <b>
          <AwayDays absence={absence} />
        </b>
        <TwoLines textKey="absence.next" />
      </div>
      <button type="button" className="way way-main" onClick={() => go(home)}>
        <TwoLines textKey="complaint.ok" />
      </button>
    </main>
  );
}

function dayAfter(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}
