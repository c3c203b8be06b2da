import type { AttentionItem } from '@sightline/contracts';

/**
 * What silences that came together say about their cause, and never more: `shared` = most of the place
 * went at once, so what it shares (line, power) comes first; `some` = only a part did, and why is open.
 */
export type Cause = 'shared' | 'some';

/** The cause of a `region-dark` item. */
export function causeOf({ count, detail }: Pick<AttentionItem, 'count' | 'detail'>): Cause {
  return count * 2 > Number(detail) ? 'shared' : 'some';
}
