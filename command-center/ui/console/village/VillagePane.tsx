import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { CallVillageButton } from '../meetings/CallVillageButton.tsx';
import { useMay } from '../api/use-me.ts';
import { parentOf, placeName, useRegions } from '../api/use-regions.ts';
import { useVillages } from '../api/use-villages.ts';
import { StatusWord } from '../parts/StatusWord.tsx';
import { CheckInSection } from './CheckInSection.tsx';
import { HandOverSection } from './HandOverSection.tsx';
import { PeopleSection } from './PeopleSection.tsx';
import { TerminalSection } from './TerminalSection.tsx';

interface Props {
  readonly region: string;
  readonly onClose: () => void;
}

/** One village: how it is, its people, its terminals, its newest check-ins. */
export function VillagePane({ region, onClose }: Props): ReactElement {
  const { t } = useTranslation();
  const regions = useRegions();
  const { byRegion } = useVillages();
  const maySeePeople = useMay('see-people');
  const maySeeRoster = useMay('see-roster');
  const maySeeMeetings = useMay('see-meetings');
  const village = byRegion.get(region);
  return (
    <article className="village">
      <header className="village-head">
        <div>
          <p className="quiet">{placeName(regions, parentOf(region))}</p>
          <h2>{regions.byCode.get(region)?.name ?? region}</h2>
          {village !== undefined && <StatusWord status={village.status} since={village.since} />}
          <p className="quiet code-number">{region}</p>
        </div>
        <button type="button" className="close" aria-label={t('button.close')} onClick={onClose}>
          ✕
        </button>
      </header>
      {maySeeMeetings && <CallVillageButton region={region} />}
      {maySeePeople ? (
        <PeopleSection region={region} />
      ) : (
        <p className="quiet section">{t('people.notYours')}</p>
      )}
      <TerminalSection region={region} />
      {maySeePeople && <CheckInSection region={region} newestAt={village?.checkedIn?.at ?? null} />}
      {maySeeRoster && <HandOverSection region={region} />}
    </article>
  );
}
