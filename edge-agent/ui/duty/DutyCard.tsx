import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { clockTime } from '../clock-time.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Go } from '../route.ts';
import { DutyWays } from './DutyWays.tsx';
import { OnDuty } from './OnDuty.tsx';
import { RosteredDuties } from './RosteredDuties.tsx';

/** 今日班次: which shift runs, who has it and who came; and the ways out of it. */
export function DutyCard({ go }: { readonly go: Go }): ReactElement {
  const { t } = useWords();
  const { shift, dutyDay } = useKiosk();
  const name = shift.key.endsWith('night') ? 'home.night' : 'home.day';
  const [from, to] = [shift.from, shift.to].map(clockTime);
  return (
    <section className="duty">
      <div className="duty-shift">
        <TwoLines textKey={name} />
        <span className="duty-hours">{`${from} – ${to}`}</span>
      </div>
      {dutyDay === null ? <OnDuty note={t('duty.noRoster')} /> : <RosteredDuties day={dutyDay} />}
      <DutyWays go={go} />
    </section>
  );
}
