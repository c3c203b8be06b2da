import { shiftAt } from '@sightline/contracts';
import { useNow } from '@sightline/look';
import { useSearchParams } from 'wouter';
import { kindOf, periodOf, type Period, type PeriodKind } from '#domain/watch/ledger-period.ts';

export interface HeldPeriod {
  readonly period: Period;
  readonly kind: PeriodKind;
  /** The day whose duties run now. */
  readonly today: string;
  readonly set: (period: Period, kind: PeriodKind) => void;
}

const dayText = /^\d{4}-\d{2}-\d{2}$/;

/** The days the page is about; its address holds them. This month until somebody chooses. */
export function usePeriod(): HeldPeriod {
  const [params, setParams] = useSearchParams();
  const today = shiftAt(useNow(60_000)).key.slice(0, 10);
  const [from, to] = [params.get('from') ?? '', params.get('to') ?? ''];
  const isGiven = dayText.test(from) && dayText.test(to);
  const period = isGiven ? { from, to } : periodOf('month', today);
  const isAny = params.get('period') === 'any';
  return {
    period,
    kind: isAny ? 'any' : kindOf(period),
    today,
    set: (next, kind) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          after.set('from', next.from);
          after.set('to', next.to);
          if (kind === 'any') after.set('period', 'any');
          else after.delete('period');
          return after;
        },
        { replace: true },
      ),
  };
}
