import { isAway, type VillageRosterView } from '@sightline/contracts';
import { dateAt, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { weeksOf, type RosterDay } from '#domain/watch/roster-month.ts';
import { DayCell } from './DayCell.tsx';

interface Props {
  readonly roster: VillageRosterView;
  readonly days: readonly RosterDay[];
  readonly chosen: string | null;
  readonly now: Temporal.Instant;
}

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** 月历, Monday first; on a telephone a list of days, on paper one page. */
export function MonthGrid({ roster, days, chosen, now }: Props): ReactElement {
  const { t } = useWords();
  const today = dateAt(now).toString();
  const names = new Map(roster.people.map(({ personId, name }) => [personId, name]));
  return (
    <>
      <table className="month-grid">
        <thead>
          <tr>
            {weekdays.map((weekday) => (
              <th key={weekday} scope="col">
                {t(`roster.weekday.${weekday}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(days).map((week, row) => (
            <tr key={days[row * 7]?.day ?? row}>
              {week.map((day, column) =>
                day === null ? (
                  <td key={column} className="is-blank" />
                ) : (
                  <DayCell
                    key={day.day}
                    region={roster.region}
                    day={day}
                    names={names}
                    away={awayNames(roster, day.day)}
                    is={{
                      today: day.day === today,
                      chosen: day.day === chosen,
                      past: day.day < today,
                    }}
                  />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <Legend />
    </>
  );
}

/** Who is away that day, but for those whose post says so already. */
function awayNames({ away, people, slots }: VillageRosterView, day: string): string[] {
  const held = new Set(
    slots.filter(({ shift }) => shift.startsWith(day)).map(({ personId }) => personId),
  );
  return people
    .filter(({ personId }) => !held.has(personId) && isAway(away, personId, `${day}/day`))
    .map(({ name }) => name);
}

/** What the letters and signs of the cells mean. */
function Legend(): ReactElement {
  const { t } = useWords();
  return (
    <p className="month-legend">
      {(['lead', 'watch', 'standby'] as const).map((post) => (
        <span key={post}>
          <b>{t(`roster.short.${post}`)}</b> {t(`reminders.post.${post}`)}
        </span>
      ))}
      <span>
        <b>{t('roster.short.day')}</b> {t('roster.dayHours')}
      </span>
      <span>
        <b>{t('roster.short.night')}</b> {t('roster.nightHours')}
      </span>
      <span className="warn">▲ {t('roster.fault.gap')}</span>
      <span className="double">
        ◐ {t('roster.fault.two-posts')} · {t('roster.fault.too-long')}
      </span>
      <span className="double">
        ✕ {t('roster.fault.left')} · ⊘ {t('roster.fault.away')}
      </span>
      <span className="quiet month-keys">
        <kbd>←</kbd> <kbd>→</kbd> {t('roster.keyMonth')} <kbd>j</kbd> <kbd>k</kbd>{' '}
        {t('roster.keyDay')} <kbd>t</kbd> {t('roster.keyToday')}
      </span>
    </p>
  );
}
