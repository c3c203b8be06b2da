import type { FactType } from '@sightline/contracts';
import type { StoredFact } from '@sightline/store';

const touchingOne: readonly string[] = [
  'duty.checked-in',
  'clock.anchored',
  'terminal.enrolled',
  'terminal.revoked',
  'terminal.presence-changed',
] satisfies FactType[];

const touchingAll: FactType = 'broker.listening-changed';

/** Villages whose cell these facts may have changed; `all` = every equipped one. */
export interface Touched {
  readonly all: boolean;
  readonly regions: ReadonlySet<string>;
}

export function touchedBy(entries: readonly StoredFact[]): Touched {
  const regions = entries
    .filter(({ fact }) => touchingOne.includes(fact.type))
    .map(({ fact }) => fact.region);
  return {
    all: entries.some(({ fact }) => fact.type === touchingAll),
    regions: new Set(regions),
  };
}

export function joinTouched(a: Touched, b: Touched): Touched {
  return { all: a.all || b.all, regions: a.regions.union(b.regions) };
}
