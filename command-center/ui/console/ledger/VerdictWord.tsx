import type { DutyVerdict, LedgerRow } from '@sightline/contracts';
import { StatusDot, useWords, type DotStatus } from '@sightline/look';
import type { ReactElement } from 'react';

/** A shape of its own beside each word. */
export const verdictDots: Readonly<Record<DutyVerdict, DotStatus>> = {
  'on-time': 'online',
  covered: 'nobody',
  late: 'stale',
  absent: 'offline',
  unknown: 'unknown',
  'not-yet': 'not-equipped',
  open: 'not-equipped',
};

/** ◐ 迟到 · 迟 45 分钟. */
export function VerdictWord({ row }: { readonly row: LedgerRow }): ReactElement {
  const { t } = useWords();
  const { verdict, why, lateMinutes, completedAt, startsAt, corrected, openCase } = row;
  return (
    <span className="village-cell">
      <span className="status">
        <StatusDot status={verdictDots[verdict]} />
        <span>{t(`dutyLedger.verdict.${verdict}`)}</span>
      </span>
      {corrected !== null && (
        <span>
          {t('corrections.correctedTo', { verdict: t(`corrections.verdict.${corrected}`) })}
        </span>
      )}
      {openCase !== null && (
        <span>
          <span className="tag">{t(`corrections.state.${openCase}`)}</span>
        </span>
      )}
      {lateMinutes !== null && (
        <span className="quiet">{t('dutyLedger.late', { minutes: lateMinutes })}</span>
      )}
      {why !== null && <span className="quiet">{t(`dutyLedger.why.${why}`)}</span>}
      {completedAt !== null && (
        <span className="quiet" title={startsAt}>
          {t('dutyLedger.completed', { on: localDay(completedAt) })}
        </span>
      )}
    </span>
  );
}

/** The day an instant lies on in the villages. */
export function localDay(instant: string): string {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO('Asia/Shanghai')
    .toPlainDate()
    .toString();
}
