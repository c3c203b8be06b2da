import { ledgerHints, type LedgerHint } from '@sightline/contracts';

/** A gap so small between two check-ins of one terminal makes them one hint. */
const togetherSeconds = 60;

/**
 * 请核对. Puts together what belongs together: people who checked in one after the other, each within a
 * minute of the one before, are one hint; so is each person on two posts. `pairs`: newest first.
 */
export function findHints(pairs: readonly LedgerHint[]): LedgerHint[] {
  const hints: LedgerHint[] = [];
  for (const pair of pairs) {
    const last = hints.findIndex((hint) => isContinued(hint, pair));
    const hint = hints[last];
    if (hint === undefined) hints.push({ ...pair, people: onceEach(pair.people) });
    else hints[last] = { ...hint, at: pair.at, people: onceEach([...pair.people, ...hint.people]) };
  }
  return hints.slice(0, ledgerHints);
}

/** Whether `pair`, which is earlier, ends where `hint` begins. */
function isContinued(hint: LedgerHint, pair: LedgerHint): boolean {
  if (pair.kind !== 'together' || hint.kind !== 'together' || hint.region !== pair.region) {
    return false;
  }
  const [first] = hint.people;
  const gap = Temporal.Instant.from(hint.at).since(Temporal.Instant.from(pair.at)).total('seconds');
  return gap <= togetherSeconds && pair.people.some((one) => one.personId === first?.personId);
}

function onceEach(people: LedgerHint['people']): LedgerHint['people'] {
  return [...new Map(people.map((one) => [one.personId, one])).values()];
}
