import type { ReactElement } from 'react';
import { dateAt, formatDate, formatTime } from '#time/format-date.ts';
import { formatTibetanDate, tibetanDateOf } from '#time/tibetan-date.ts';
import { useNow } from '#time/use-now.ts';
import { useWords } from './use-words.ts';

interface Props {
  readonly precision?: 'minute' | 'second';
}

/** Time and date of the villages, with the Tibetan day (computed, and said so on hovering). */
export function Clock({ precision = 'second' }: Props): ReactElement {
  const { t, language } = useWords();
  const now = useNow();
  const date = dateAt(now);
  const tibetan = tibetanDateOf(date);
  return (
    <div className="look-clock">
      <div className="look-clock-dates">
        <span>{formatDate(date, language)}</span>
        {tibetan !== null && (
          <span title={t('note.computedCalendar')}>{formatTibetanDate(tibetan, language)}</span>
        )}
      </div>
      <time className="look-clock-time" dateTime={now.toString()}>
        {formatTime(now, precision)}
      </time>
    </div>
  );
}
