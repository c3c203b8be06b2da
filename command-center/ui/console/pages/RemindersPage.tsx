import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/use-me.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { ContactButton } from '../reminders/ContactDialog.tsx';
import { Inbox } from '../reminders/Inbox.tsx';
import { LadderDetail } from '../reminders/LadderDetail.tsx';
import { LadderRules } from '../reminders/LadderRules.tsx';
import { OpenLadders } from '../reminders/OpenLadders.tsx';
import { useLadders } from '../reminders/use-ladders.ts';
import type { PlaceProps } from '../shell/place-props.ts';
import { useRegion, Workplace } from '../shell/Workplace.tsx';

const views = ['open', 'mine', 'rules'] as const;

/** 逐级提醒: duties nobody came to and who was told; one's own messages; the rules. */
export function RemindersPage({ region, chosen }: PlaceProps): ReactElement {
  const { t } = useTranslation();
  const scope = useRegion(region);
  const regions = useRegions();
  const [view, setView] = useState<(typeof views)[number]>('open');
  const isOfficer = useMay('order-spot-check');
  const ladders = useLadders(scope);
  const found = ladders.data?.items.find(({ subject }) => subject === chosen);
  return (
    <Workplace
      page="reminders"
      region={scope}
      aside={found === undefined ? null : <LadderDetail ladder={found} scope={scope} />}
    >
      <PageHead
        title={placeName(regions, scope)}
        of={t('nav.reminders')}
        acts={isOfficer && <ContactButton who={null} region={scope} />}
      />
      <p className="quiet page-lead">{t('reminders.lead')}</p>
      <div className="filter">
        {views.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={view === each}
            onClick={() => setView(each)}
          >
            {t(`reminders.view.${each}`)}
          </button>
        ))}
      </div>
      {view === 'open' && <OpenLadders ladders={ladders} scope={scope} chosen={chosen ?? null} />}
      {view === 'mine' && <Inbox />}
      {view === 'rules' && <LadderRules scope={scope} />}
    </Workplace>
  );
}
