import { formatTibetanDate, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { RosterDay, RosterHalf, RosterLine } from '#domain/watch/roster-month.ts';
import { DayKindWord } from './DayKindWord.tsx';
import { faultMarks } from './fault-marks.ts';

interface Props {
  readonly region: string;
  readonly day: RosterDay;
  readonly names: ReadonlyMap<string, string>;
  /** Names of those who are away that day. */
  readonly away: readonly string[];
  readonly is: { readonly today: boolean; readonly chosen: boolean; readonly past: boolean };
}

/** One day: what it counts as, its Tibetan date, and who stands on each post. */
export function DayCell({ region, day, names, away, is }: Props): ReactElement {
  const { t, language } = useWords();
  const { day: date, tibetan, lines, kind } = day;
  const { dayOfWeek } = Temporal.PlainDate.from(date);
  const states = [
    ...(is.today ? ['is-today'] : []),
    ...(is.chosen ? ['is-chosen'] : []),
    ...(is.past ? ['is-past'] : []),
    ...(kind === 'workday' ? [] : ['is-rest']),
  ];
  return (
    <td className={['month-day', ...states].join(' ')}>
      <Link
        href={`/roster/${region}/${is.chosen ? date.slice(0, 7) : date}`}
        aria-current={is.today ? 'date' : undefined}
        data-day={date}
      >
        <span className="day-head">
          <b>{Number(date.slice(8))}</b>
          <span className="day-weekday quiet">{t(`roster.weekday.${dayOfWeek}`)}</span>
          {is.today && <span className="day-today">{t('roster.today')}</span>}
          <DayKindWord day={day} />
        </span>
        {tibetan !== null && (
          <span className="day-tibetan quiet">{formatTibetanDate(tibetan, language)}</span>
        )}
        {lines
          .filter(({ day: light, night }) => [light, night].some((half) => half.slot ?? half.fault))
          .map((line) => (
            <LineWord key={line.post} line={line} names={names} />
          ))}
        {away.length > 0 && (
          <span className="day-away quiet">
            ⊘ {t('absences.today', { names: away.join('、') })}
          </span>
        )}
      </Link>
    </td>
  );
}

interface LineProps {
  readonly line: RosterLine;
  readonly names: ReadonlyMap<string, string>;
}

/** 值 扎西顿珠; 值 白 央金 夜 ▲空岗 */
function LineWord({ line, names }: LineProps): ReactElement {
  const { t } = useWords();
  const { post, day, night, isWhole } = line;
  const halves = isWhole ? [day] : [day, night].filter((half) => half.slot ?? half.fault);
  const worst = day.fault === null && isWhole ? { ...day, fault: night.fault } : day;
  return (
    <span className="day-line">
      <b className="quiet">{t(`roster.short.${post}`)}</b>
      <span className="day-halves">
        {halves.map((half) => (
          <HalfWord key={half.name} half={isWhole ? worst : half} names={names} isWhole={isWhole} />
        ))}
      </span>
    </span>
  );
}

interface HalfProps {
  readonly half: RosterHalf;
  readonly names: ReadonlyMap<string, string>;
  readonly isWhole: boolean;
}

function HalfWord({ half, names, isWhole }: HalfProps): ReactElement {
  const { t } = useWords();
  const { slot, fault, name } = half;
  const tone = fault === null ? '' : fault === 'gap' ? ' warn' : ' double';
  return (
    <span className={`day-half${tone}`}>
      {!isWhole && <span className="half-name">{t(`roster.short.${name}`)}</span>}
      {fault !== null && (
        <span role="img" aria-label={t(`roster.fault.${fault}`)}>
          {faultMarks[fault]}
        </span>
      )}
      <span className="half-person">
        {slot === null ? t('roster.fault.gap') : (names.get(slot.personId) ?? '')}
      </span>
    </span>
  );
}
