import { factData, type Fact, type FactData, type FactType } from '@sightline/contracts';
import { Compile, type Validator } from 'typebox/compile';
import type { StoredFact } from '#log/log-entry.ts';

/** A fact of one type, with its data checked, and where it stands. */
export interface Entry<T extends FactType> extends Omit<StoredFact, 'body'> {
  readonly data: FactData<T>;
}

/**
 * The entries of one type, in order. An entry whose data is not what its type says is passed over:
 * one crooked fact may not stop the picture of everything after it.
 */
export function entriesOf<T extends FactType>(type: T, entries: readonly StoredFact[]): Entry<T>[] {
  return entries.flatMap(({ position, fact, receivedAt }) =>
    fact.type === type && hasDataOf(type, fact)
      ? [{ position, fact, receivedAt, data: fact.data }]
      : [],
  );
}

function hasDataOf<T extends FactType>(
  type: T,
  fact: Fact,
): fact is Fact & { readonly data: FactData<T> } {
  return checks[type].Check(fact.data);
}

const checks = Object.fromEntries(
  Object.entries(factData).map(([type, schema]) => [type, Compile(schema)]),
  // Object.fromEntries forgets the keys; they are those of factData.
) as unknown as Readonly<Record<FactType, Validator>>;
