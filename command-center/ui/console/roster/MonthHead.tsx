import type { VillageRosterView } from '@sightline/contracts';
import { useNow, useWords } from '@sightline/look';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { CalendarNote } from './CalendarNote.tsx';
import { monthWord } from './month-word.ts';
import { monthAfter, rosterPlaceOf } from './roster-place.ts';
import { useRosterEditing } from './use-roster.ts';

interface Props {
  readonly region: string;
  readonly month: string;
  readonly roster: VillageRosterView | undefined;
  readonly open: (part: string) => void;
}

/** ‹ 2026年11月 › 今天, and the last change with the way back. */
export function MonthHead({ region, month, roster, open }: Props): ReactElement {
  const { t, language } = useWords();
  const now = useNow(60_000);
  return (
    <div className="month-head">
      <div className="month-turn">
        <Button aria-label={t('roster.monthBefore')} onClick={() => open(monthAfter(month, -1))}>
          ‹
        </Button>
        <strong>{monthWord(month, language)}</strong>
        <Button aria-label={t('roster.monthAfter')} onClick={() => open(monthAfter(month, 1))}>
          ›
        </Button>
        <Button onClick={() => open(rosterPlaceOf(undefined, now).month)}>
          {t('roster.thisMonth')}
        </Button>
      </div>
      {roster !== undefined && <Undo roster={roster} />}
      <CalendarNote region={region} month={month} />
    </div>
  );
}

function Undo({ roster }: { readonly roster: VillageRosterView }): ReactElement {
  const { t } = useWords();
  const editing = useRosterEditing(roster);
  const { undo } = roster;
  return (
    <div className="month-undo">
      {undo !== null && (
        <span className="quiet">
          {t('roster.lastChange')} {t(`roster.why.${undo.why}`)} <When at={undo.at} />
        </span>
      )}
      <ActButton
        reason={undo === null ? t('roster.noUndo') : null}
        isRunning={editing.isRunning}
        onClick={() => void editing.undo()}
      >
        {t('roster.undo')}
      </ActButton>
      <ProblemLine problem={editing.problem} />
    </div>
  );
}
