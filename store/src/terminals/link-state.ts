import { regionRange, type Beat, type DeviceHealth, type Region } from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';

/** What the broker knows of a terminal's link; instants are ISO text. */
export interface LinkState {
  readonly terminalId: string;
  readonly region: Region;
  readonly connected: boolean;
  /** Since when `connected` is what it is. */
  readonly linkSince: string;
  /** When the last sign of life came, by the server's clock; null = never. */
  readonly beatAt: string | null;
  readonly waiting: number;
  readonly oldestWaitingAt: string | null;
  readonly deadLetters: number;
  readonly desiredVersion: number;
  readonly camera: Beat['camera'] | null;
  readonly version: string | null;
  readonly device: DeviceHealth | null;
}

const columns = `terminal_id as "terminalId", region, connected, link_since as "linkSince",
  beat_at as "beatAt", waiting, oldest_waiting_at as "oldestWaitingAt", dead_letters as "deadLetters",
  desired_version as "desiredVersion", camera, version, device`;

/** Writes the newest state of many terminals in one statement and tells channel `presence`. */
export async function saveLinkStates(db: Queryable, states: readonly LinkState[]): Promise<void> {
  if (states.length === 0) return;
  await db.query({
    name: 'save-link-states',
    text: `
      with given as (
        select * from jsonb_to_recordset($1::jsonb) as g (
          "terminalId" text, region text, connected boolean, "linkSince" timestamptz,
          "beatAt" timestamptz, waiting integer, "oldestWaitingAt" timestamptz,
          "deadLetters" integer, "desiredVersion" integer, camera text, version text,
          device jsonb)
      ), told as (select pg_notify('presence', (select count(*) from given)::text))
      insert into terminal_state
      select g.* from given g join terminal t on t.terminal_id = g."terminalId", told
      on conflict (terminal_id) do update set
        region = excluded.region, connected = excluded.connected, link_since = excluded.link_since,
        beat_at = excluded.beat_at, waiting = excluded.waiting,
        oldest_waiting_at = excluded.oldest_waiting_at, dead_letters = excluded.dead_letters,
        desired_version = excluded.desired_version, camera = excluded.camera,
        version = excluded.version, device = excluded.device`,
    values: [JSON.stringify(states)],
  });
}

/** The last state of every terminal of a scope that a broker ever heard of. */
export async function readLinkStates(db: Queryable, scope: Region): Promise<LinkState[]> {
  const range = regionRange(scope);
  const { rows } = await db.query<LinkState>({
    name: 'read-link-states',
    text: `select ${columns} from terminal_state where region >= $1 and region < $2`,
    values: [range.from, range.to],
  });
  return rows;
}

/** ISO instants: since when the broker listens, and when it last said so. */
export interface BrokerState {
  readonly listeningSince: string;
  readonly aliveAt: string;
}

/**
 * The broker says that it listens; refreshed at least every 5 s. When `listeningSince` is new, links
 * of its earlier life are marked as not connected: nobody closed them after a kill.
 */
export async function saveBrokerState(db: Queryable, state: BrokerState): Promise<void> {
  await db.query(
    `with before as (select listening_since from broker_state),
     cut as (
       update terminal_state set connected = false, link_since = $1
       where connected and link_since < $1 and $1 is distinct from (select * from before)
     )
     insert into broker_state (listening_since, alive_at) values ($1, $2)
     on conflict (one) do update
       set listening_since = excluded.listening_since, alive_at = excluded.alive_at`,
    [state.listeningSince, state.aliveAt],
  );
}

/** null when no broker ever listened on this database. */
export async function readBrokerState(db: Queryable): Promise<BrokerState | null> {
  const { rows } = await db.query<BrokerState>(
    'select listening_since as "listeningSince", alive_at as "aliveAt" from broker_state',
  );
  return rows[0] ?? null;
}
