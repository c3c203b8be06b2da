import type {
  CheckInMethod,
  DutyCheckIn,
  DutyVerdict,
  EarlierFinding,
  HeardSource,
  StandingDuty,
} from '@sightline/contracts';
import type { Queryable } from '#engine/store.ts';
import { standingDuties, type DatedSlot, type HeldDuty } from './standing-duties.ts';
import type { VillageDay } from './touched.ts';

/** One day of one village with everything its verdicts rest on. */
export interface LedgerDay extends VillageDay {
  readonly duties: readonly StandingDuty[];
  readonly checkIns: readonly DutyCheckIn[];
  readonly sources: readonly HeardSource[];
  /** What the ledger says now of the duty that began then: `earlierKey` → finding. */
  readonly earlier: ReadonlyMap<string, EarlierFinding>;
}

/** Of a post and the instant a duty of it begins. */
export function earlierKey(post: string, from: Temporal.Instant): string {
  return `${post} ${from.epochMilliseconds}`;
}

/** Loads the days as they stand; the devices are those the villages ever had. */
export async function loadDays(db: Queryable, asked: readonly VillageDay[]): Promise<LedgerDay[]> {
  const owed = await loadOwed(db, asked);
  const checkIns = await loadCheckIns(db, asked);
  const sources = await loadSources(db, asked);
  return asked.map(({ region, day }) => {
    const { duties, rows } = owed.get(`${region} ${day}`) ?? { duties: [], rows: [] };
    return {
      region,
      day,
      duties,
      checkIns: checkIns.get(`${region} ${day}`) ?? [],
      sources: sources.get(region) ?? [],
      earlier: new Map(
        rows.map((row) => [
          earlierKey(row.post, Temporal.Instant.from(row.startsAt)),
          { verdict: row.verdict, completedAt: instantOrNull(row.completedAt) },
        ]),
      ),
    };
  });
}

interface StoredDuty extends HeldDuty {
  readonly region: string;
  readonly startsAt: string;
  readonly verdict: DutyVerdict;
  readonly completedAt: string | null;
}

/** What is owed on those days, and the rows that stand there. */
export async function loadOwed(
  db: Queryable,
  asked: readonly VillageDay[],
): Promise<Map<string, { duties: StandingDuty[]; rows: StoredDuty[] }>> {
  const values = columnsOf(asked);
  const { rows: slots } = await db.query<DatedSlot & VillageDay>(
    `select s.region, g.day, s.post, s.shift, s.person_id as "personId", s.fallback_id as "fallbackId",
            s.set_at as "setAt"
     from unnest($1::text[], $2::text[]) as g (region, day)
     join roster_slot s on s.region = g.region and s.shift in (g.day || '/day', g.day || '/night')
     order by s.region, s.shift, s.post`,
    values,
  );
  const { rows: held } = await db.query<StoredDuty>(
    `select l.region, l.day, l.post, l.span, l.person_id as "personId", l.fallback_id as "fallbackId",
            l.owed_from as "owedFrom", l.judged_at as "judgedAt", l.starts_at as "startsAt", l.verdict,
            l.completed_at as "completedAt"
     from unnest($1::text[], $2::text[]) as g (region, day)
     join duty_ledger l on l.region = g.region and l.day = g.day`,
    values,
  );
  const slotsOf = Map.groupBy(slots, ({ region, day }) => `${region} ${day}`);
  const heldOf = Map.groupBy(held, ({ region, day }) => `${region} ${day}`);
  return new Map(
    asked.map(({ region, day }) => {
      const key = `${region} ${day}`;
      const rows = heldOf.get(key) ?? [];
      return [key, { duties: standingDuties(slotsOf.get(key) ?? [], rows), rows }];
    }),
  );
}

interface CheckInRow extends VillageDay {
  readonly personId: string;
  readonly method: CheckInMethod;
  readonly certain: boolean;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly receivedAt: string;
  readonly simulated: boolean;
  readonly sampleCamera: boolean;
}

/**
 * The check-ins around each day. One whose clock was never anchored was made after the certain one its
 * device made before it and before the one it made after it, as a device numbers what it says.
 */
async function loadCheckIns(
  db: Queryable,
  asked: readonly VillageDay[],
): Promise<Map<string, DutyCheckIn[]>> {
  const { rows } = await db.query<CheckInRow>(
    `with day as (
       select region, day, (day || ' 06:00')::timestamp at time zone 'Asia/Shanghai' as opens,
              ((day || ' 08:00')::timestamp + interval '1 day') at time zone 'Asia/Shanghai' as ends
       from unnest($1::text[], $2::text[]) as g (region, day)
     ), found as (
       select ${checkInColumns}, c.effective_at as not_before, c.effective_at as not_after
       from day d join check_in c on c.region = d.region and c.effective_at >= d.opens
         and c.effective_at < d.ends and c.certain and c.world = 'actual'
       union all
       select ${checkInColumns}, b.not_before, b.not_after
       from day d join check_in c on c.region = d.region and not c.certain and c.world = 'actual'
       cross join lateral (
         select greatest(
             (select s.enrolled_at from terminal_source s where s.source = c.source),
             (select max(e.effective_at) from check_in e where e.region = c.region and e.certain
                and e.source = c.source and e.position < c.position)) as not_before,
           least(c.received_at,
             (select min(e.effective_at) from check_in e where e.region = c.region and e.certain
                and e.source = c.source and e.position > c.position)) as not_after) as b
       where b.not_after >= d.opens and (b.not_before is null or b.not_before < d.ends)
     )
     select region, day, person_id as "personId", method, certain,
            coalesce(not_before, timestamptz 'epoch') as "notBefore", not_after as "notAfter",
            received_at as "receivedAt", simulated, sample_camera as "sampleCamera"
     from found`,
    columnsOf(asked),
  );
  const ofDays = Map.groupBy(rows, ({ region, day }) => `${region} ${day}`);
  return new Map([...ofDays].map(([key, list]) => [key, list.map(toCheckIn)]));
}

const checkInColumns = `d.region, d.day, c.person_id, c.method, c.certain, c.received_at, c.simulated,
       c.sample_camera`;

function toCheckIn(row: CheckInRow): DutyCheckIn {
  const { personId, method, certain, simulated, sampleCamera } = row;
  return {
    personId,
    method,
    certain,
    simulated,
    sampleCamera,
    notBefore: Temporal.Instant.from(row.notBefore),
    notAfter: Temporal.Instant.from(row.notAfter),
    receivedAt: Temporal.Instant.from(row.receivedAt),
  };
}

async function loadSources(
  db: Queryable,
  asked: readonly VillageDay[],
): Promise<Map<string, HeardSource[]>> {
  const { rows } = await db.query<{
    region: string;
    enrolledAt: string;
    revokedAt: string | null;
    heardUntil: string | null;
  }>(
    `select t.region, s.enrolled_at as "enrolledAt", s.revoked_at as "revokedAt",
            h.heard_until as "heardUntil"
     from terminal t join terminal_source s using (terminal_id) left join duty_heard h using (source)
     where t.region = any ($1)`,
    [[...new Set(asked.map(({ region }) => region))]],
  );
  const byRegion = Map.groupBy(rows, ({ region }) => region);
  return new Map(
    [...byRegion].map(([region, list]) => [
      region,
      list.map(({ enrolledAt, revokedAt, heardUntil }) => ({
        enrolledAt: Temporal.Instant.from(enrolledAt),
        revokedAt: instantOrNull(revokedAt),
        heardUntil: instantOrNull(heardUntil),
      })),
    ]),
  );
}

function columnsOf(asked: readonly VillageDay[]): [string[], string[]] {
  return [asked.map(({ region }) => region), asked.map(({ day }) => day)];
}

function instantOrNull(text: string | null): Temporal.Instant | null {
  return text === null ? null : Temporal.Instant.from(text);
}
