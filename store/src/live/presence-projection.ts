import type { FactType } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import type { StoredFact } from '#log/log-entry.ts';
import type { Projection } from '#log/projector.ts';
import { entriesOf, type Entry } from './read-entry.ts';

/** 在线状态 → `presence`: from enrolment to revocation, as the centre recorded it. */
export const presenceProjection: Projection = {
  name: 'presence',
  version: 1,
  async reset(client) {
    await client.query('truncate presence');
  },
  async apply(client, entries) {
    for (const run of runsOfType(entries)) await applyRun(client, run);
  },
};

const wanted: readonly string[] = [
  'terminal.enrolled',
  'terminal.revoked',
  'terminal.presence-changed',
  'broker.listening-changed',
] satisfies FactType[];

/** Neighbours of one type together: order matters between the types, not within a run. */
function runsOfType(entries: readonly StoredFact[]): StoredFact[][] {
  const runs: StoredFact[][] = [];
  for (const entry of entries) {
    if (!wanted.includes(entry.fact.type)) continue;
    const current = runs.at(-1);
    if (current?.[0]?.fact.type === entry.fact.type) current.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

async function applyRun(client: Client, run: readonly StoredFact[]): Promise<void> {
  await enrol(client, newestOf(entriesOf('terminal.enrolled', run)));
  await revoke(client, entriesOf('terminal.revoked', run));
  await change(client, newestOf(entriesOf('terminal.presence-changed', run)));
  await silence(client, entriesOf('broker.listening-changed', run));
}

function newestOf<T extends 'terminal.enrolled' | 'terminal.presence-changed'>(
  entries: readonly Entry<T>[],
): Entry<T>[] {
  return [...new Map(entries.map((entry) => [entry.data.terminalId, entry])).values()];
}

async function enrol(
  client: Client,
  entries: readonly Entry<'terminal.enrolled'>[],
): Promise<void> {
  if (entries.length === 0) return;
  await client.query(
    `insert into presence as p (terminal_id, region, source, simulated, enrolled_at, status, since,
       position)
     select e.terminal_id, e.region, e.source, e.simulated, e.at, 'unknown', e.at, e.position
     from unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::timestamptz[], $6::bigint[])
       as e (terminal_id, region, source, simulated, at, position)
     on conflict (terminal_id) do update
     set region = excluded.region, source = excluded.source, simulated = excluded.simulated,
         enrolled_at = excluded.enrolled_at, status = excluded.status, since = excluded.since,
         position = excluded.position
     where p.position < excluded.position`,
    [
      entries.map(({ data }) => data.terminalId),
      entries.map(({ fact }) => fact.region),
      entries.map(({ data }) => data.source),
      entries.map(({ data }) => data.simulated),
      entries.map(({ fact }) => fact.at),
      entries.map(({ position }) => position),
    ],
  );
}

async function revoke(
  client: Client,
  entries: readonly Entry<'terminal.revoked'>[],
): Promise<void> {
  if (entries.length === 0) return;
  await client.query(
    `delete from presence p
     using unnest($1::text[], $2::text[], $3::bigint[]) as e (terminal_id, source, position)
     where p.terminal_id = e.terminal_id and p.source = e.source and p.position < e.position`,
    [
      entries.map(({ data }) => data.terminalId),
      entries.map(({ data }) => data.source),
      entries.map(({ position }) => position),
    ],
  );
}

async function change(
  client: Client,
  entries: readonly Entry<'terminal.presence-changed'>[],
): Promise<void> {
  if (entries.length === 0) return;
  await client.query(
    `update presence p set status = e.status, since = e.since, position = e.position
     from unnest($1::text[], $2::text[], $3::timestamptz[], $4::bigint[])
       as e (terminal_id, status, since, position)
     where p.terminal_id = e.terminal_id and p.position < e.position`,
    [
      entries.map(({ data }) => data.terminalId),
      entries.map(({ data }) => data.status),
      entries.map(({ data }) => data.since),
      entries.map(({ position }) => position),
    ],
  );
}

/** While nobody listens nobody's status is known; each terminal's next word or silence ends that. */
async function silence(
  client: Client,
  entries: readonly Entry<'broker.listening-changed'>[],
): Promise<void> {
  for (const { data, position } of entries) {
    if (data.listening) continue;
    await client.query(
      `update presence set status = 'unknown', since = $1, position = $2
       where position < $2 and status <> 'unknown'`,
      [data.since, position],
    );
  }
}
