import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { periodKinds, periodOf, turned } from '#domain/watch/ledger-period.ts';
import type { HeldPeriod } from './use-period.ts';

/** 日 周 月 任意, and the way to the periods beside it. */
export function PeriodChoice({ held }: { readonly held: HeldPeriod }): ReactElement {
  const { t } = useTranslation();
  const { period, kind, today, set } = held;
  return (
    <div className="filter duty-period" role="group" aria-label={t('dutyLedger.period')}>
      {periodKinds.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={kind === each}
          onClick={() => set(each === 'any' ? period : periodOf(each, dayIn(held)), each)}
        >
          {t(`dutyLedger.kind.${each}`)}
        </button>
      ))}
      <button type="button" onClick={() => set(turned(kind, period, -1), kind)}>
        <span aria-hidden="true">‹ </span>
        {t('dutyLedger.earlier')}
      </button>
      <button
        type="button"
        disabled={period.to >= today}
        onClick={() => set(turned(kind, period, 1), kind)}
      >
        {t('dutyLedger.later')}
        <span aria-hidden="true"> ›</span>
      </button>
      {kind === 'any' && <DayFields held={held} />}
    </div>
  );
}

/** Today where it lies in the period, else its first day. */
function dayIn({ period, today }: HeldPeriod): string {
  return period.from <= today && today <= period.to ? today : period.from;
}

function DayFields({ held: { period, set } }: { readonly held: HeldPeriod }): ReactElement {
  const { t } = useTranslation();
  const put = (from: string, to: string) => {
    if (from !== '' && to !== '') set(from <= to ? { from, to } : { from: to, to: from }, 'any');
  };
  return (
    <>
      <label className="day-field">
        <span>{t('dutyLedger.from')}</span>
        <input
          type="date"
          value={period.from}
          onChange={({ target }) => put(target.value, period.to)}
        />
      </label>
      <label className="day-field">
        <span>{t('dutyLedger.to')}</span>
        <input
          type="date"
          value={period.to}
          onChange={({ target }) => put(period.from, target.value)}
        />
      </label>
    </>
  );
}
