import { useNow } from '@sightline/look';
import type { ReactElement } from 'react';
import { RegionRosters } from '../roster/RegionRosters.tsx';
import { rosterPlaceOf } from '../roster/roster-place.ts';
import { VillageRoster } from '../roster/VillageRoster.tsx';
import type { PlaceProps } from '../shell/place-props.ts';
import { useRegion } from '../shell/Workplace.tsx';

/** 值班表: a village's month and the chosen day of it; of a wider region its villages' next weeks. */
export function RosterPage({ region, chosen }: PlaceProps): ReactElement {
  const scope = useRegion(region);
  const now = useNow(60_000);
  const place = rosterPlaceOf(chosen, now);
  return scope.length === 12 ? (
    <VillageRoster key={scope} region={scope} place={place} now={now} />
  ) : (
    <RegionRosters key={scope} region={scope} month={place.month} now={now} />
  );
}
