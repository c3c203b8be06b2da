import {
  dutyVerdicts,
  type CheckInMethod,
  type DutyFigures,
  type DutyVerdict,
} from '@sightline/contracts';

/** Duties of one place or day that ended one way. */
export interface CountedDuties {
  readonly of: string;
  readonly verdict: DutyVerdict;
  readonly method: CheckInMethod | 'none';
  readonly duties: number;
  readonly lateMinutes: number;
  readonly completed: number;
}

/** The figures of each place or day, in the order they first come. */
export function figuresOf(counts: readonly CountedDuties[]): DutyFigures[] {
  return [...Map.groupBy(counts, ({ of }) => of)].map(([of, rows]) => sumOf(of, rows));
}

/** The figures of all of it, under one name. */
export function sumOf(of: string, counts: readonly CountedDuties[]): DutyFigures {
  const verdicts = { ...noVerdicts };
  const methods = { face: 0, 'pin-witness': 0, pin: 0 };
  for (const { verdict, method, duties } of counts) {
    verdicts[verdict] += duties;
    if (method !== 'none') methods[method] += duties;
  }
  const total = (field: 'lateMinutes' | 'completed') =>
    counts.reduce((sum, count) => sum + count[field], 0);
  return {
    of,
    verdicts,
    methods,
    lateMinutes: total('lateMinutes'),
    completed: total('completed'),
  };
}

const noVerdicts: Record<DutyVerdict, number> = {
  open: 0,
  'not-yet': 0,
  'on-time': 0,
  late: 0,
  covered: 0,
  absent: 0,
  unknown: 0,
};

/** 到岗率: of the duties of which something is known; null = of none. Unknown ones stand beside it. */
export function coverageOf({ verdicts }: Pick<DutyFigures, 'verdicts'>): number | null {
  const there = verdicts['on-time'] + verdicts.late + verdicts.covered;
  const known = there + verdicts.absent;
  return known === 0 ? null : there / known;
}

/** Duties in all. */
export function dutiesIn({ verdicts }: Pick<DutyFigures, 'verdicts'>): number {
  return dutyVerdicts.reduce((sum, verdict) => sum + verdicts[verdict], 0);
}
