import type { CalendarView } from '@sightline/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/call.ts';
import { useMay } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { rosterKey, useRosterCommand } from './use-roster.ts';

interface Props {
  readonly region: string;
  readonly month: string;
}

/** 藏历正月初一 and two days after it. */
const festivalDays = 3;

/** Says that a year's holidays are not known yet, and takes in the state's for the whole county or prefecture. */
export function CalendarNote({ region, month }: Props): ReactElement | null {
  const { t } = useTranslation();
  const may = useMay('change-watch-rules');
  const load = useRosterCommand<{ readonly days: number }>();
  const calendar = useQuery({
    queryKey: [...rosterKey, 'calendar', region, month],
    queryFn: ({ signal }) =>
      get<CalendarView>(`/api/roster-calendar?region=${region}&month=${month}`, signal),
    staleTime: 300_000,
  });
  if (calendar.data?.isImported !== false) return null;
  const year = Number(month.slice(0, 4));
  const body = { region, year, source: 'library', festivalDays };
  const isHigh = region.length <= 6;
  const reason = !may ? t('reason.role') : isHigh ? null : t('roster.calendarAbove');
  return (
    <div className="roster-note">
      <span>{t('roster.noCalendar', { year })}</span>
      <ActButton
        reason={reason}
        isRunning={load.isRunning}
        onClick={() => void load.run({ method: 'POST', url: '/api/roster-calendar', body })}
      >
        {t('roster.loadCalendar')}
      </ActButton>
      <ProblemLine problem={load.problem} />
    </div>
  );
}
