import { StatusDot, useWords } from '@sightline/look';
import { mapNameOf } from '@sightline/look/hive';
import type { ReactElement } from 'react';
import { reaches, type Figures } from '#domain/live-figures.ts';
import { OnDutyBar } from './OnDutyBar.tsx';
import { useRegion } from './use-region.ts';

interface Props {
  /** Prefecture, county or township. */
  readonly region: string;
  readonly divisions: readonly Figures[];
}

/** More rows than this stand in two columns. */
const rowsInOneColumn = 10;
const kinds = { 4: 'county', 6: 'township', 9: 'village' } as const;

/** The divisions one level below: on duty of equipped, each a way down. */
export function DivisionBars({ region, divisions }: Props): ReactElement {
  const { t } = useWords();
  const kind = region.length === 4 ? kinds[4] : region.length === 6 ? kinds[6] : kinds[9];
  const isDense = divisions.length > rowsInOneColumn || kind === 'village';
  const rows = isDense ? Math.ceil(divisions.length / 2) : divisions.length;
  if (divisions.length === 0) return <p className="divisions-none">{t('nothingEquipped')}</p>;
  return (
    <section className="divisions">
      <h2>{t(`divisions.${kind}`)}</h2>
      <ul
        className={isDense ? 'divisions-dense' : 'divisions-plain'}
        style={{ gridTemplateRows: `repeat(${rows}, minmax(0, ${isDense ? 2.1 : 2.5}rem))` }}
      >
        {divisions.map((figures) => (
          <li key={figures.region}>
            {kind === 'village' ? <VillageRow figures={figures} /> : <Row figures={figures} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ figures }: { readonly figures: Figures }): ReactElement {
  const { language } = useWords();
  const { go } = useRegion();
  return (
    <button type="button" onClick={() => go(figures.region)}>
      <span className="divisions-name">{mapNameOf(figures.region, language)}</span>
      <OnDutyBar figures={figures} />
      <span className="divisions-count">
        {figures.onDuty}/{figures.equipped}
      </span>
    </button>
  );
}

function VillageRow({ figures }: { readonly figures: Figures }): ReactElement {
  const { t, language } = useWords();
  const { go, region } = useRegion();
  const reach = reaches.find((each) => figures.reach[each] > 0) ?? 'unknown';
  const isNobody = reach === 'online' && figures.onDuty === 0;
  return (
    <button
      type="button"
      aria-pressed={region === figures.region}
      onClick={() => go(figures.region)}
    >
      <StatusDot
        status={isNobody ? 'nobody' : reach}
        label={isNobody ? t('duty.nobody') : t(`status.${reach}`)}
      />
      <span className="divisions-name">{mapNameOf(figures.region, language)}</span>
    </button>
  );
}
