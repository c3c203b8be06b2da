import { useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { placeName, useRegions } from '../api/use-regions.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { Workplace } from '../shell/Workplace.tsx';
import { Absences } from './Absences.tsx';
import { CalendarNote } from './CalendarNote.tsx';
import { Fortnight } from './Fortnight.tsx';
import { RosterActs } from './RosterActs.tsx';
import { RosterTroubles } from './RosterTroubles.tsx';
import { RosterViews } from './RosterViews.tsx';
import { ShiftChanges } from './ShiftChanges.tsx';

interface Props {
  readonly region: string;
  readonly month: string;
  readonly now: Temporal.Instant;
}

const views = ['weeks', 'troubles', 'changes', 'absences'] as const;

/** A township or wider: its villages' next two weeks, what is wrong in the next 30 days, the requests. */
export function RegionRosters({ region, month, now }: Props): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const [view, setView] = useState<(typeof views)[number]>('weeks');
  return (
    <Workplace page="roster" region={region}>
      <PageHead
        title={placeName(regions, region)}
        of={t('roster.title')}
        acts={<RosterActs scope={region} month={month} roster={null} />}
      />
      <p className="quiet page-lead">{t('roster.lead')}</p>
      <RosterViews
        views={views}
        view={view}
        word={(each) => t(`roster.view.${each}`)}
        onView={setView}
      />
      <CalendarNote region={region} month={month} />
      {view === 'weeks' && <Fortnight scope={region} now={now} />}
      {view === 'troubles' && <RosterTroubles scope={region} />}
      {view === 'changes' && <ShiftChanges scope={region} />}
      {view === 'absences' && <Absences scope={region} people={null} />}
    </Workplace>
  );
}
