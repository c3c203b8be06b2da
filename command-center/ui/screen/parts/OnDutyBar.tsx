import { DutyBar, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { reaches, type Figures } from '#domain/live-figures.ts';
import { placeWords } from './place-words.ts';

/** Of the equipped villages: those on duty by how well they can be reached; the rest stays empty. */
export function OnDutyBar({ figures }: { readonly figures: Figures }): ReactElement {
  const { t, language } = useWords();
  const { onDutyBy, onDuty, equipped, region } = figures;
  const parts = reaches.map((status) => ({ status, count: onDutyBy[status] }));
  const label = t('onDutyOf', { place: placeWords(region, language), onDuty, count: equipped });
  return (
    <DutyBar
      parts={[...parts, { status: 'not-equipped', count: equipped - onDuty }]}
      label={label}
    />
  );
}
