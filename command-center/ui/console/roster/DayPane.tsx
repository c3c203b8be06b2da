import { isAway, type VillageRosterView } from '@sightline/contracts';
import { formatDate, formatTibetanDate, useWords } from '@sightline/look';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import type { RosterDay } from '#domain/watch/roster-month.ts';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { DayKindWord } from './DayKindWord.tsx';
import { PostEditor } from './PostEditor.tsx';
import { dayAfter } from './roster-place.ts';
import { useRosterEditing } from './use-roster.ts';

interface Props {
  readonly roster: VillageRosterView;
  readonly day: RosterDay;
  readonly now: Temporal.Instant;
  readonly onOpen: (part: string) => void;
}

/** One day: each post with its people, changed at once by choosing another. */
export function DayPane({ roster, day, now, onOpen }: Props): ReactElement {
  const { t, language } = useWords();
  const editing = useRosterEditing(roster);
  const date = Temporal.PlainDate.from(day.day);
  const away = roster.people
    .filter(({ personId }) => isAway(roster.away, personId, `${day.day}/day`))
    .map(({ name }) => name);
  return (
    <article className="village day-pane" aria-label={t('roster.dayView')}>
      <header className="village-head">
        <div>
          <h2>{formatDate(date, language)}</h2>
          <p className="quiet">
            {day.tibetan !== null && formatTibetanDate(day.tibetan, language)}{' '}
            <DayKindWord day={day} />
          </p>
        </div>
        <button
          type="button"
          className="close"
          aria-label={t('button.close')}
          onClick={() => onOpen(roster.month)}
        >
          ✕
        </button>
      </header>
      <div className="actions day-turn">
        <Button size="small" onClick={() => onOpen(dayAfter(day.day, -1))}>
          ‹ {t('roster.dayBefore')}
        </Button>
        <Button size="small" onClick={() => onOpen(dayAfter(day.day, 1))}>
          {t('roster.dayAfter')} ›
        </Button>
      </div>
      {away.length > 0 && (
        <p className="day-away">⊘ {t('absences.today', { names: away.join('、') })}</p>
      )}
      <ProblemLine problem={editing.problem} />
      {day.lines.map((line) => (
        <PostEditor key={line.post} line={line} roster={roster} editing={editing} now={now} />
      ))}
      <p className="fine">{t('roster.savedAtOnce')}</p>
    </article>
  );
}
