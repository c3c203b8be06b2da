import { BigFigure, formatTime, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import type { Figures } from '#domain/live-figures.ts';
import { useView } from '../link/use-view.ts';
import { CheckInMethods } from './CheckInMethods.tsx';
import { DivisionBars } from './DivisionBars.tsx';
import { OnDutyBar } from './OnDutyBar.tsx';
import { placeWords } from './place-words.ts';
import { ReachFunnel } from './ReachFunnel.tsx';
import { ReachToday } from './ReachToday.tsx';
import { useFigures } from './use-figures.ts';
import { useRegion } from './use-region.ts';

/** Who is on duty now, and which villages can be reached. */
export function DutyColumn(): ReactElement {
  const { t } = useWords();
  const { region, root } = useRegion();
  const { model } = useView();
  const looked = region === null ? root : region.slice(0, 9);
  const { whole, below } = useFigures(looked);
  return (
    <section className="duty" aria-label={t('onDuty')}>
      <OnDuty figures={model === null ? null : whole} />
      <ReachFunnel figures={whole} />
      <ReachToday region={looked} />
      <CheckInMethods figures={whole} />
      {model !== null && <DivisionBars region={looked} divisions={below} />}
    </section>
  );
}

function OnDuty({ figures }: { readonly figures: Figures | null }): ReactElement {
  const { t, language } = useWords();
  const { doubt, model } = useView();
  const { region } = useRegion();
  const place = region === null ? '' : placeWords(region.slice(0, 9), language);
  const isOld = doubt.kind !== 'none' && model !== null;
  const asOf =
    model === null
      ? ''
      : t('asOf', { time: formatTime(Temporal.Instant.from(model.at), 'second') });
  return (
    <div className={isOld ? 'duty-now duty-now-old' : 'duty-now'}>
      <BigFigure
        label={
          <>
            {t('onDuty')}
            {place !== '' && <span className="duty-place"> · {place}</span>}
            {isOld && <span className="duty-as-of">{asOf}</span>}
          </>
        }
        value={figures?.onDuty ?? null}
        of={figures === null ? undefined : t('ofVillages', { count: figures.equipped })}
      />
      {figures !== null && <OnDutyBar figures={figures} />}
    </div>
  );
}
