import type { LedgerHint } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { placeName, useRegions } from '../api/use-regions.ts';
import { When } from '../parts/StatusWord.tsx';

const mostShown = 8;

/** 请核对: what a person may want to look at; nothing where there is nothing. */
export function HintList({
  hints,
}: {
  readonly hints: readonly LedgerHint[];
}): ReactElement | null {
  const { t } = useWords();
  const regions = useRegions();
  if (hints.length === 0) return null;
  return (
    <details className="duty-hints">
      <summary>
        <span className="tag">{t('dutyLedger.hints')}</span> {hints.length}{' '}
        <span className="quiet">{t('dutyLedger.hintsLead')}</span>
      </summary>
      <ul>
        {hints.slice(0, mostShown).map((hint) => (
          <li key={`${hint.kind} ${hint.region} ${hint.at} ${hint.people[0]?.personId ?? ''}`}>
            <strong>
              {hint.people.map(({ name }) => name ?? t('dutyLedger.unnamed')).join('、')}
            </strong>
            <span>{t(`dutyLedger.hint.${hint.kind}`)}</span>
            <span className="quiet">
              {placeName(regions, hint.region)} · <When at={hint.at} />
            </span>
          </li>
        ))}
        {hints.length > mostShown && <li className="quiet">+{hints.length - mostShown}</li>}
      </ul>
    </details>
  );
}

/** `region person` of everybody in a hint about a time within the duty: its row is marked. */
export function isHinted(
  hints: readonly LedgerHint[],
  row: {
    readonly region: string;
    readonly personId: string;
    readonly startsAt: string;
    readonly endsAt: string;
  },
): boolean {
  return hints.some(
    ({ region, at, people }) =>
      region === row.region &&
      at < row.endsAt &&
      at >= row.startsAt &&
      people.some(({ personId }) => personId === row.personId),
  );
}
