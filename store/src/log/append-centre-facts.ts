import { hash, randomUUID, randomUUIDv7 } from 'node:crypto';
import {
  emptyHead,
  encodeFact,
  refuse,
  type ChainHead,
  type ClockReading,
  type Fact,
  type FactData,
  type FactType,
  type Refusal,
  type World,
} from '@sightline/contracts';
import { inTransaction } from '#engine/in-transaction.ts';
import type { Client, Store } from '#engine/store.ts';
import { limits } from '#limits.ts';
import { appendBatch } from './append-batch.ts';
import { loadHead } from './heads.ts';
import type { LogEntry } from './log-entry.ts';

/** A fact of the centre before the log gives it its place in the chain. */
export interface CentreDraft<T extends FactType = FactType> {
  /** UUIDv7 when not given. */
  readonly id?: string;
  /** ISO instant, milliseconds. */
  readonly at: string;
  /** This process's own clock when not given. */
  readonly clock?: ClockReading;
  readonly region: string;
  readonly stream: string;
  readonly type: T;
  readonly world: World;
  readonly actor: string;
  /** The command's id. */
  readonly cause?: string;
  readonly data: FactData<T>;
}

export interface AppendCentreOptions {
  /** The last position the decider saw of that stream: refused when something came after it. */
  readonly expectedPosition?: { readonly stream: string; readonly position: number } | undefined;
}

export interface CentreAppended {
  readonly facts: readonly Fact[];
  /** Of the last fact. */
  readonly position: number;
}

export const centreSource = 'centre';
const bootId = randomUUID();

/**
 * Appends facts of source `centre`: seq and prev are assigned under the append lock. With a client it
 * takes part in that transaction (append last: the lock is held until the commit). Refuses with
 * `conflict` when the stream moved on since the decider looked. Throws on no drafts.
 */
export function appendCentreFacts(
  db: Store | Client,
  drafts: readonly CentreDraft[],
  options: AppendCentreOptions = {},
): Promise<CentreAppended | Refusal> {
  if (drafts.length === 0) throw new Error('There is no fact to append.');
  const work = (client: Client) => appendUnderLock(client, drafts, options);
  return 'pool' in db ? inTransaction(db, work) : work(db);
}

/**
 * Appends however many there are, as many at a time as one append takes, in the caller's transaction,
 * which it must roll back on a refusal. None is fine.
 */
export async function appendManyCentreFacts(
  client: Client,
  drafts: readonly CentreDraft[],
  options: AppendCentreOptions = {},
): Promise<Refusal | null> {
  for (let from = 0; from < drafts.length; from += limits.centreFactsPerAppend) {
    const part = drafts.slice(from, from + limits.centreFactsPerAppend);
    const appended = await appendCentreFacts(client, part, options);
    if ('refused' in appended) return appended;
  }
  return null;
}

async function appendUnderLock(
  client: Client,
  drafts: readonly CentreDraft[],
  { expectedPosition }: AppendCentreOptions,
): Promise<CentreAppended | Refusal> {
  await client.query('select lock_log()');
  if (expectedPosition !== undefined && (await hasMovedOn(client, expectedPosition))) {
    return refuse(
      'conflict',
      `Something new happened in ${expectedPosition.stream} meanwhile. Look at it again and repeat.`,
    );
  }
  const entries = chain(drafts, (await loadHead(client, centreSource)) ?? emptyHead);
  const last = entries.at(-1);
  if (last === undefined) throw new Error('There is no fact to append.');
  const appended = await appendBatch(client, {
    entries,
    heads: [{ source: centreSource, seq: last.fact.seq, hash: last.hash }],
    seals: [],
  });
  if (appended.last === null || appended.facts !== entries.length) {
    throw new Error(`The centre's facts were not appended: ${JSON.stringify(appended)}.`);
  }
  return { facts: entries.map((entry) => entry.fact), position: appended.last };
}

async function hasMovedOn(
  client: Client,
  expected: { readonly stream: string; readonly position: number },
): Promise<boolean> {
  const { rows } = await client.query<{ moved: boolean }>(
    'select exists (select from log where stream = $1 and position > $2) as moved',
    [expected.stream, expected.position],
  );
  return rows[0]?.moved === true;
}

function chain(drafts: readonly CentreDraft[], from: ChainHead): LogEntry[] {
  let head = from;
  return drafts.map((draft) => {
    const fact = link(draft, head);
    const body = encodeFact(fact);
    head = { seq: fact.seq, hash: hash('sha256', body, 'base64url') };
    return { fact, body, hash: head.hash ?? '' };
  });
}

function link(draft: CentreDraft, head: ChainHead): Fact {
  return {
    v: 1,
    id: draft.id ?? randomUUIDv7(),
    source: centreSource,
    seq: head.seq + 1,
    prev: head.hash,
    at: draft.at,
    clock: draft.clock ?? { bootId, uptimeMs: Math.round(performance.now()), offsetMs: 0 },
    region: draft.region,
    stream: draft.stream,
    type: draft.type,
    world: draft.world,
    actor: draft.actor,
    ...(draft.cause === undefined ? {} : { cause: draft.cause }),
    data: draft.data,
  };
}
