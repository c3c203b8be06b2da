import { regionRange, type Desired, type Region } from '@sightline/contracts';
import { inTransaction } from '#engine/in-transaction.ts';
import { isoText } from '#engine/iso-text.ts';
import type { Client, Queryable, Store } from '#engine/store.ts';
import { limits } from '#limits.ts';
import type { LinkState } from './link-state.ts';

/** A terminal to be known. What its first desired state says beside the people. */
export interface NewTerminal {
  readonly terminalId: string;
  readonly region: Region;
  readonly simulated: boolean;
  /** Names down the path: county, township, village. */
  readonly placeNames?: readonly string[];
  readonly settings?: Desired['settings'];
}

/**
 * Makes terminals with their first desired state (version 1); those that exist are left alone. Given a
 * client it takes part in that transaction.
 */
export async function createTerminals(
  db: Store | Client,
  terminals: readonly NewTerminal[],
): Promise<void> {
  if (terminals.length > limits.terminalsPerCall) {
    throw new Error(
      `${terminals.length} terminals at once; ${limits.terminalsPerCall} are allowed.`,
    );
  }
  const work = async (client: Client) => {
    await client.query(
      `insert into terminal (terminal_id, region, simulated)
       select * from unnest($1::text[], $2::text[], $3::boolean[]) on conflict do nothing`,
      [
        terminals.map((terminal) => terminal.terminalId),
        terminals.map((terminal) => terminal.region),
        terminals.map((terminal) => terminal.simulated),
      ],
    );
    await client.query(
      `insert into desired (terminal_id, version, document)
       select id, 1, document from unnest($1::text[], $2::jsonb[]) as e (id, document)
       on conflict do nothing`,
      [
        terminals.map((terminal) => terminal.terminalId),
        terminals.map((terminal) => JSON.stringify(firstDocument(terminal))),
      ],
    );
  };
  await ('pool' in db ? inTransaction(db, work) : work(db));
}

/** Makes one terminal; one that exists is left alone. */
export function createTerminal(db: Store | Client, terminal: NewTerminal): Promise<void> {
  return createTerminals(db, [terminal]);
}

function firstDocument(terminal: NewTerminal): Omit<Desired, 'terminalId' | 'version'> {
  return {
    v: 1,
    region: terminal.region,
    placeNames: [...(terminal.placeNames ?? [])],
    people: [],
    settings: terminal.settings ?? { faceEnabled: true, demo: terminal.simulated },
    grants: [],
  };
}

/** A terminal as the console lists it. */
export interface TerminalRow {
  readonly terminalId: string;
  readonly region: Region;
  readonly simulated: boolean;
  readonly createdAt: string;
  /** The device key in use, null before enrolment and after revocation. */
  readonly source: string | null;
  readonly enrolledAt: string | null;
  /** Log position of the last enrolment, withdrawal or erasure of a face there; 0 = none. */
  readonly consentAsOf: number;
  /** null when no broker ever heard of it. */
  readonly state: LinkState | null;
}

/** Terminals of a scope by region and id; `after` is the last row of the page before. */
export async function listTerminals(
  db: Queryable,
  scope: Region,
  page: {
    readonly limit: number;
    readonly after?: { readonly region: Region; readonly terminalId: string };
  },
): Promise<TerminalRow[]> {
  const range = regionRange(scope);
  const { rows } = await db.query<TerminalRow>(
    `select t.terminal_id as "terminalId", t.region, t.simulated, t.created_at as "createdAt",
            s.source, s.enrolled_at as "enrolledAt", ${linkStateJson} as state,
            coalesce((select max(position) from consent_event e
                      where e.terminal_id = t.terminal_id), 0) as "consentAsOf"
     from terminal t
     left join terminal_source s on s.terminal_id = t.terminal_id and s.revoked_at is null
     left join terminal_state l on l.terminal_id = t.terminal_id
     where t.region >= $1 and t.region < $2 and (t.region, t.terminal_id) > ($3, $4)
     order by t.region, t.terminal_id limit $5`,
    [
      range.from,
      range.to,
      page.after?.region ?? '',
      page.after?.terminalId ?? '',
      Math.min(page.limit, limits.rowsPerPage),
    ],
  );
  return rows;
}

const linkStateJson = `case when l.terminal_id is null then null else jsonb_build_object(
  'terminalId', l.terminal_id, 'region', l.region, 'connected', l.connected,
  'linkSince', ${isoText('l.link_since')}, 'beatAt', ${isoText('l.beat_at')}, 'waiting', l.waiting,
  'oldestWaitingAt', ${isoText('l.oldest_waiting_at')}, 'deadLetters', l.dead_letters,
  'desiredVersion', l.desired_version, 'camera', l.camera, 'version', l.version,
  'device', l.device) end`;
