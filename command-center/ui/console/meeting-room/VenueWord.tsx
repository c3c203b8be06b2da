import { formatSince, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import type { VenueRow } from './venue-rows.ts';

/** How a venue stands: its state, how long it was there, whether it answered the roll call. */
export function VenueWord({ row }: { readonly row: VenueRow }): ReactElement {
  const { t, language } = useWords();
  const { state, venue, rollCall } = row;
  const answer = rollCall === 'present' ? (venue?.rollCall ?? null) : null;
  const minutes =
    venue === null || venue.presentMs === 0
      ? null
      : formatSince(
          Temporal.Duration.from({ milliseconds: Math.floor(venue.presentMs) }),
          language,
        );
  return (
    <span className="venue-word">
      <span className={`venue-state venue-state-${state}`}>{t(`room.venue.${state}`)}</span>
      {state === 'accepted' && venue?.how === 'auto' && ` ${t('room.venue.auto')}`}
      {minutes !== null && ` · ${minutes}`}
      {rollCall !== 'not-asked' && (
        <span className={`roll-call-${rollCall}`}> · {t(`room.rollCall.state.${rollCall}`)}</span>
      )}
      {answer !== null && answer.method !== null && ` · ${t(`room.method.${answer.method}`)}`}
      {answer?.isSample === true && <span className="tag">{t('sampleCamera.one')}</span>}
    </span>
  );
}
