import type { Day } from '@sightline/contracts';

/** 日, 周, 月, 任意. A week begins on Monday. */
export type PeriodKind = 'day' | 'week' | 'month' | 'any';
export const periodKinds: readonly PeriodKind[] = ['day', 'week', 'month', 'any'];

/** Days of the ledger, both inclusive. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** The day, week or month a day lies in; `any` is that day alone until somebody says more. */
export function periodOf(kind: PeriodKind, day: Day): Period {
  const date = Temporal.PlainDate.from(day);
  if (kind === 'week') {
    const monday = date.subtract({ days: date.dayOfWeek - 1 });
    return { from: monday.toString(), to: monday.add({ days: 6 }).toString() };
  }
  if (kind === 'month') {
    const first = date.with({ day: 1 });
    return { from: first.toString(), to: date.with({ day: date.daysInMonth }).toString() };
  }
  return { from: day, to: day };
}

/** The period before or after, of the same kind; of `any`, as many days further. */
export function turned(kind: PeriodKind, { from, to }: Period, steps: 1 | -1): Period {
  const first = Temporal.PlainDate.from(from);
  const days = first.until(Temporal.PlainDate.from(to)).days + 1;
  if (kind !== 'any') {
    const day = kind === 'month' ? first.add({ months: steps }) : first.add({ days: steps * days });
    return periodOf(kind, day.toString());
  }
  const moved = first.add({ days: steps * days });
  return { from: moved.toString(), to: moved.add({ days: days - 1 }).toString() };
}

/** The kind a period is, as far as its days tell. */
export function kindOf({ from, to }: Period): PeriodKind {
  return (
    (['day', 'week', 'month'] as const).find((kind) => {
      const period = periodOf(kind, from);
      return period.from === from && period.to === to;
    }) ?? 'any'
  );
}
