import {
  appendBatch,
  inTransaction,
  saveQuarantine,
  type Appended,
  type Batch,
  type HeadUpdate,
  type QuarantineRow,
  type Store,
} from '@sightline/store';
import { isUnstorable } from '#domain/database-fault.ts';
import type { RejectedFact } from '#domain/admit.ts';
import { divide, refuseEntry, type LogItem } from '#domain/log-item.ts';

/** What became of one item. */
export type Outcome =
  | { readonly kind: 'stored'; readonly rejected: readonly RejectedFact[] }
  /** Another fact stands at that seq: nothing of the item was stored. */
  | { readonly kind: 'fork'; readonly seq: number };

const nothingRejected: Outcome = { kind: 'stored', rejected: [] };

/**
 * Stores items in one transaction. When a fact among them cannot be stored it is searched by halving
 * and goes to quarantine, so that it blocks nobody. Throws when the database is away; the items may
 * then be stored or not, and sending them again does no harm.
 */
export async function storeItems(store: Store, items: readonly LogItem[]): Promise<Outcome[]> {
  try {
    return await storeTogether(store, items);
  } catch (error) {
    if (!isUnstorable(error)) throw error;
    return storeApart(store, items, error);
  }
}

async function storeTogether(store: Store, items: readonly LogItem[]): Promise<Outcome[]> {
  const appended = await append(store, items);
  if (appended.conflicts.length === 0) return items.map(() => nothingRejected);
  const outcomes: Outcome[] = [];
  const forks = new Map<string, Outcome>();
  for (const item of items) {
    const { source } = item.sender;
    const conflicts = appended.conflicts.filter((conflict) => conflict.source === source);
    const outcome =
      conflicts.length === 0
        ? nothingRejected
        : (forks.get(source) ?? (await settle(store, item, conflicts)));
    // What follows a fork in the same chain is part of it.
    if (outcome.kind === 'fork') forks.set(source, outcome);
    outcomes.push(outcome);
  }
  return outcomes;
}

/** A source with a conflict was left out as a whole: its items are stored one by one. */
async function settle(
  store: Store,
  item: LogItem,
  conflicts: Appended['conflicts'],
): Promise<Outcome> {
  const own = conflicts.filter(({ seq }) => item.entries.some(({ fact }) => fact.seq === seq));
  const fork = own.find(({ reason }) => reason === 'fork');
  if (fork !== undefined) return { kind: 'fork', seq: fork.seq };
  const [taken] = own;
  if (taken === undefined) return first(await storeItems(store, [item]));
  return storeWithout(store, item, {
    seq: taken.seq,
    message: 'The id stands in the log already.',
  });
}

async function storeApart(
  store: Store,
  items: readonly LogItem[],
  error: unknown,
): Promise<Outcome[]> {
  if (items.length > 1) {
    const half = Math.floor(items.length / 2);
    const before = await storeItems(store, items.slice(0, half));
    return [...before, ...(await storeItems(store, items.slice(half)))];
  }
  const [item] = items;
  const [entry] = item?.entries ?? [];
  if (item === undefined || entry === undefined) throw error;
  if (item.entries.length > 1) return [await storeHalves(store, item)];
  const message = error instanceof Error ? error.message : 'The database refused it.';
  return [await storeWithout(store, item, { seq: entry.fact.seq, message })];
}

async function storeHalves(store: Store, item: LogItem): Promise<Outcome> {
  const [left, right] = divide(item);
  const before = first(await storeItems(store, [left]));
  if (before.kind === 'fork') return before;
  const after = first(await storeItems(store, [right]));
  if (after.kind === 'fork') return after;
  return { kind: 'stored', rejected: [...before.rejected, ...after.rejected] };
}

async function storeWithout(
  store: Store,
  item: LogItem,
  bad: { readonly seq: number; readonly message: string },
): Promise<Outcome> {
  const why = { reason: 'unstorable' as const, message: bad.message.slice(0, 512) };
  const outcome = first(await storeItems(store, [refuseEntry(item, bad.seq, why)]));
  if (outcome.kind === 'fork') return outcome;
  return { kind: 'stored', rejected: [{ seq: bad.seq, ...why }, ...outcome.rejected] };
}

function first(outcomes: readonly Outcome[]): Outcome {
  const [outcome] = outcomes;
  if (outcome === undefined) throw new Error('An item has no outcome.');
  return outcome;
}

/** One round trip when nothing is refused; else quarantine and log in one transaction. */
function append(store: Store, items: readonly LogItem[]): Promise<Appended> {
  const batch = toBatch(items);
  const refused = items.flatMap(toQuarantine);
  if (refused.length === 0) return appendBatch(store, batch);
  return inTransaction(store, async (client) => {
    await saveQuarantine(client, refused);
    return appendBatch(client, batch); // Last: it holds the append lock until the commit.
  });
}

function toBatch(items: readonly LogItem[]): Batch {
  // Items of one source come in order: the last one's head is the source's.
  const heads = new Map<string, HeadUpdate>();
  for (const { sender, head } of items)
    heads.set(sender.source, { source: sender.source, ...head });
  return {
    entries: items.flatMap(({ entries }) => entries),
    heads: [...heads.values()],
    seals: items.flatMap(({ sender, seal }) =>
      seal === null
        ? []
        : [{ source: sender.source, seq: seal.seq, hash: seal.hash, sig: seal.sig }],
    ),
  };
}

function toQuarantine({ sender, rejected }: LogItem): QuarantineRow[] {
  return rejected.map((fact) => ({ ...sender, ...fact, settled: true }));
}
