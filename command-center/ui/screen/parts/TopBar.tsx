import {
  dateAt,
  formatDate,
  formatTibetanDate,
  formatTime,
  LanguageSwitch,
  tibetanDateOf,
  useWords,
} from '@sightline/look';
import type { ReactElement } from 'react';
import { useCentreNow } from '../link/use-view.ts';
import { bo } from '../words/bo.ts';
import { zh } from '../words/zh.ts';
import { DataAge } from './DataAge.tsx';

/** Name, link health, language, date in three scripts, time. */
export function TopBar(): ReactElement {
  const now = useCentreNow();
  return (
    <header className="top">
      <h1 lang="zh">{zh.product}</h1>
      <span className="top-product-bo" lang="bo">
        {bo.product}
      </span>
      <span className="top-space" />
      <DataAge />
      <LanguageSwitch />
      <Dates date={dateAt(now)} />
      <time className="top-time" dateTime={now.toString()}>
        {formatTime(now, 'second')}
      </time>
    </header>
  );
}

function Dates({ date }: { readonly date: Temporal.PlainDate }): ReactElement {
  const { t } = useWords();
  const tibetan = tibetanDateOf(date);
  return (
    <div className="top-dates">
      <span lang="zh">{formatDate(date, 'zh')}</span>
      <span lang="bo">{formatDate(date, 'bo')}</span>
      {tibetan !== null && (
        <span lang="zh" title={t('note.computedCalendar')}>
          {formatTibetanDate(tibetan, 'zh')}
        </span>
      )}
      <span lang="en">{formatDate(date, 'en')}</span>
    </div>
  );
}
