import type { VillageRosterView } from '@sightline/contracts';
import { dateAt, EmptyState, useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { Link, useLocation } from 'wouter';
import { rosterDays } from '#domain/watch/roster-month.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { Workplace } from '../shell/Workplace.tsx';
import { Absences } from './Absences.tsx';
import { DayPane } from './DayPane.tsx';
import { MonthGrid } from './MonthGrid.tsx';
import { MonthHead } from './MonthHead.tsx';
import { monthWord } from './month-word.ts';
import { dayAfter, monthAfter, type RosterPlace } from './roster-place.ts';
import { RosterActs } from './RosterActs.tsx';
import { RosterTroubles } from './RosterTroubles.tsx';
import { RosterViews } from './RosterViews.tsx';
import { ShiftChanges } from './ShiftChanges.tsx';
import { useVillageRoster } from './use-roster.ts';

interface Props {
  readonly region: string;
  readonly place: RosterPlace;
  readonly now: Temporal.Instant;
}

const views = ['month', 'troubles', 'changes', 'absences'] as const;

/** One village: its month, and the chosen day beside it. */
export function VillageRoster({ region, place, now }: Props): ReactElement {
  const { t, language } = useWords();
  const regions = useRegions();
  const [, goTo] = useLocation();
  const [view, setView] = useState<(typeof views)[number]>('month');
  const query = useVillageRoster(region, place.month);
  const open = (part: string) => goTo(`/roster/${region}/${part}`);
  useMonthKeys({ place, now, open, isOn: view === 'month' });
  const roster = query.data?.month === place.month ? query.data : undefined;
  const days = roster === undefined ? [] : rosterDays(roster, now);
  const chosen = days.find(({ day }) => day === place.day);
  return (
    <Workplace
      page="roster"
      region={region}
      aside={
        roster === undefined || chosen === undefined ? null : (
          <DayPane key={chosen.day} roster={roster} day={chosen} now={now} onOpen={open} />
        )
      }
    >
      <div className="roster-page">
        <PageHead
          title={placeName(regions, region)}
          of={`${t('roster.title')} ${monthWord(place.month, language)}`}
          acts={
            roster !== undefined && (
              <RosterActs scope={region} month={place.month} roster={roster} />
            )
          }
        />
        <RosterViews
          views={views}
          view={view}
          word={(each) => t(`roster.view.${each}`)}
          onView={setView}
        />
        <ProblemLine problem={query.error} />
        {view === 'month' && (
          <>
            <MonthHead region={region} month={place.month} roster={roster} open={open} />
            {roster !== undefined && <EmptyMonth roster={roster} />}
            {days.length > 0 && roster !== undefined && (
              <MonthGrid roster={roster} days={days} chosen={place.day} now={now} />
            )}
          </>
        )}
        {view === 'troubles' && <RosterTroubles scope={region} />}
        {view === 'changes' && <ShiftChanges scope={region} />}
        {view === 'absences' && roster !== undefined && (
          <Absences scope={region} people={roster.people} />
        )}
      </div>
    </Workplace>
  );
}

/** What to do first, where nothing can stand in the grid yet. */
function EmptyMonth({ roster }: { readonly roster: VillageRosterView }): ReactElement | null {
  const { t } = useWords();
  if (!roster.people.some(({ isActive }) => isActive)) {
    return (
      <EmptyState
        title={t('roster.noPeople')}
        whatToDo={t('roster.noPeopleWhat')}
        action={<Link href={`/villages/${roster.region}`}>{t('roster.toVillage')}</Link>}
      />
    );
  }
  if (Object.keys(roster.patterns).length > 0 || roster.slots.length > 0) return null;
  return <p className="roster-note">{t('roster.noPattern')}</p>;
}

interface Keyed {
  readonly place: RosterPlace;
  readonly now: Temporal.Instant;
  readonly open: (part: string) => void;
  /** In the lists `j` and `k` go through rows. */
  readonly isOn: boolean;
}

/** ← → the months, `j` `k` the days, `t` today. */
function useMonthKeys({ place, now, open, isOn }: Keyed): void {
  const { month, day } = place;
  const today = dateAt(now).toString();
  const turn = (months: number) => () => open(monthAfter(month, months));
  const first = today.startsWith(month) ? today : `${month}-01`;
  const move = (days: number) => () => open(day === null ? first : dayAfter(day, days));
  const keys = {
    ArrowLeft: turn(-1),
    ArrowRight: turn(1),
    j: move(1),
    k: move(-1),
    t: () => open(today),
    ...(day === null ? {} : { Escape: () => open(month) }),
  };
  useKeys(isOn ? keys : {});
}
