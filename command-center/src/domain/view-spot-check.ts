import { checkStateOf, type SpotCheckProgress, type SpotCheckVillage } from '@sightline/contracts';

/** One village of a check as the store has it: instants as ISO texts. */
export interface StoredCheckVillage {
  readonly region: string;
  readonly orderedAt: string;
  readonly deliveredAt: string | null;
  readonly shownAt: string | null;
  readonly answeredAt: string | null;
  readonly cameTooLateAt: string | null;
  readonly answeredLateAt: string | null;
  readonly method: 'face' | 'pin' | 'pin-witness' | null;
  readonly answerMs: number | null;
  readonly callAskedAt: string | null;
  readonly calledBackAt: string | null;
  readonly calledBackReached: boolean | null;
}

/** Where a village stands and how long it took; no name is in it. */
export function viewCheckVillage({ orderedAt, ...row }: StoredCheckVillage): SpotCheckVillage {
  const isCalled = row.calledBackReached === true && row.callAskedAt !== null;
  const reachedAt = earlier(row.answeredAt, isCalled ? row.callAskedAt : null);
  return {
    ...row,
    state: checkStateOf({
      deliveredMs: epochMs(row.deliveredAt),
      shownMs: epochMs(row.shownAt),
      answeredMs: epochMs(row.answeredAt),
      cameTooLateMs: epochMs(row.cameTooLateAt),
      callAskedMs: epochMs(row.callAskedAt),
      calledBackReached: isCalled,
    }),
    method: row.answeredAt === null && isCalled ? 'call' : row.method,
    reachMs: reachedAt === null ? null : (epochMs(reachedAt) ?? 0) - (epochMs(orderedAt) ?? 0),
  };
}

/** Half, and 95 in a hundred, of the rings were answered within; null = so many were not. */
export function reachOf(
  villages: readonly SpotCheckVillage[],
): Pick<SpotCheckProgress, 'reachP50Ms' | 'reachP95Ms'> {
  const sorted = villages
    .map(({ reachMs }) => reachMs ?? Number.POSITIVE_INFINITY)
    .toSorted((a, b) => a - b);
  const share = (part: number) => {
    const value = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
    return value === undefined || value === Number.POSITIVE_INFINITY ? null : value;
  };
  return { reachP50Ms: share(0.5), reachP95Ms: share(0.95) };
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

function epochMs(instant: string | null): number | null {
  return instant === null ? null : Temporal.Instant.from(instant).epochMilliseconds;
}
