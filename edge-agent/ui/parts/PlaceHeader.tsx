import {
  dateAt,
  formatDate,
  formatTibetanDate,
  formatTime,
  tibetanDateOf,
  useNow,
  useWords,
} from '@sightline/look';
import type { ReactElement } from 'react';
import { useLinkView } from '../link/use-kiosk.ts';

/** Which village this is, and the time by the terminal's own clock. */
export function PlaceHeader(): ReactElement {
  const { t, language } = useWords();
  const { state, clockOffsetMs } = useLinkView();
  const now = useNow().add({ milliseconds: clockOffsetMs });
  const date = dateAt(now);
  const tibetan = tibetanDateOf(date);
  const isPlaced = state?.enrolment === 'enrolled';
  const names = state?.placeNames ?? [];
  const namesOrNone = names.length > 0 ? names.join(' ') : t('home.place');
  return (
    <header className="place">
      <div className="place-names">
        <h1>{isPlaced ? namesOrNone : t('title')}</h1>
        {isPlaced && <p>{t('title')}</p>}
      </div>
      <div className="place-time">
        <time dateTime={now.toString()}>{formatTime(now, 'minute')}</time>
        <p>
          {formatDate(date, language)}
          {tibetan !== null && <span>{formatTibetanDate(tibetan, language)}</span>}
        </p>
      </div>
    </header>
  );
}
