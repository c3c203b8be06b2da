import { rosterDaysShown, type RosterDayCount, type RosterDaysLine } from '@sightline/contracts';
import { dateAt, useWords } from '@sightline/look';
import type { TableColumnsType } from 'antd';
import type { ReactElement } from 'react';
import { Link, useLocation } from 'wouter';
import { useList } from '../api/use-list.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ListTable } from '../parts/ListTable.tsx';
import { dayAfter } from './roster-place.ts';
import { rosterKey } from './use-roster.ts';

interface Props {
  readonly scope: string;
  readonly now: Temporal.Instant;
}

const marks = { full: '●', partly: '◐', gap: '▲', none: '–' } as const;
const kinds = ['full', 'partly', 'gap', 'none'] as const;
/** As many as a telephone is wide enough for. */
const daysOnPhone = 5;

/** Villages × the next 14 days: whether every shift the patterns ask for is held. */
export function Fortnight({ scope, now }: Props): ReactElement {
  const { t } = useWords();
  const [, goTo] = useLocation();
  const today = dateAt(now).toString();
  const list = useList<RosterDaysLine>({
    key: [...rosterKey, 'days'],
    url: `/api/rosters/days?region=${scope}&from=${today}`,
    cursor: 'after',
  });
  return (
    <div className="fortnight">
      <p className="month-legend">
        {kinds.map((kind) => (
          <span key={kind} className={`mark-${kind}`}>
            {marks[kind]} {t(`roster.mark.${kind}`)}
          </span>
        ))}
      </p>
      <ListTable<RosterDaysLine>
        list={list}
        rowKey={({ region }) => region}
        columns={useColumns(scope, today)}
        empty={{ title: t('roster.noVillages'), whatToDo: t('roster.noVillagesWhat') }}
        onOpen={({ region }) => goTo(`/roster/${region}`)}
      />
    </div>
  );
}

function useColumns(scope: string, today: string): TableColumnsType<RosterDaysLine> {
  const regions = useRegions();
  const days = Array.from({ length: rosterDaysShown }, (_, index) => dayAfter(today, index));
  const { t } = useWords();
  return [
    {
      title: t('villages.village'),
      key: 'village',
      render: (_, { region }) => (
        <span className="village-cell">
          <Link href={`/roster/${region}`}>{regions.byCode.get(region)?.name ?? region}</Link>
          {scope.length < 9 && (
            <span className="quiet">{placeName(regions, region.slice(0, 9))}</span>
          )}
        </span>
      ),
    },
    ...days.map((day, index): TableColumnsType<RosterDaysLine>[number] => ({
      title: <DayTitle day={day} />,
      key: day,
      align: 'center',
      width: 44,
      ...(index < daysOnPhone ? {} : { responsive: ['lg'] }),
      render: (_, { region, days: counts }) => (
        <Mark region={region} day={day} count={counts[index]} />
      ),
    })),
  ];
}

/** 27 over 五. */
function DayTitle({ day }: { readonly day: string }): ReactElement {
  const { t } = useWords();
  const { dayOfWeek } = Temporal.PlainDate.from(day);
  return (
    <span className={dayOfWeek > 5 ? 'day-title is-rest' : 'day-title'}>
      <b>{Number(day.slice(8))}</b>
      <span>{t(`roster.weekdayShort.${dayOfWeek}`)}</span>
    </span>
  );
}

interface MarkProps {
  readonly region: string;
  readonly day: string;
  readonly count: RosterDayCount | undefined;
}

function Mark({ region, day, count }: MarkProps): ReactElement {
  const { t } = useWords();
  const { required = 0, gaps = 0 } = count ?? {};
  const kind = required === 0 ? 'none' : gaps === 0 ? 'full' : gaps < required ? 'partly' : 'gap';
  const held = t('roster.held', { held: required - gaps, required });
  const words = `${day} ${t(`roster.mark.${kind}`)} ${required === 0 ? '' : held}`;
  return (
    <Link
      href={`/roster/${region}/${day}`}
      className={`mark mark-${kind}`}
      title={words}
      aria-label={words}
    >
      {marks[kind]}
    </Link>
  );
}
