import {
  regionRange,
  type LeftOutVillage,
  type Region,
  type SpotCheckFunnel,
  type SpotCheckReason,
} from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import type { Queryable } from '#engine/store.ts';

/** A check with what became of it in the villages of one scope. */
export interface ListedSpotCheck extends SpotCheckFunnel {
  readonly checkId: string;
  readonly region: Region;
  readonly reason: SpotCheckReason;
  readonly note: string;
  readonly seconds: number;
  readonly by: string;
  readonly orderedAt: string;
  readonly until: string;
  readonly withdrawnAt: string | null;
}

/** Spoken to by a call that the village asked for. */
const isCalled = '(v.called_back_reached is true and v.call_asked_at is not null)';
const isAnswered = `(v.answered_at is not null or ${isCalled})`;

/** Each figure includes the ones after it. */
const funnelColumns = `
  count(*) filter (where v.left_out is null)::integer as rung,
  count(v.delivered_at)::integer as delivered,
  count(*) filter (where v.shown_at is not null or ${isAnswered})::integer as shown,
  count(*) filter (where ${isAnswered})::integer as answered,
  count(v.came_too_late_at)::integer as "tooLate",
  count(v.answered_late_at)::integer as "answeredLate",
  count(*) filter (where v.call_asked_at is not null and v.called_back_reached is not true
    and v.answered_at is null)::integer as "callsWaiting"`;

export interface SpotCheckPage {
  readonly scope: Region;
  readonly limit: number;
  /** The last row of the page before. */
  readonly before: { readonly at: string; readonly id: string } | null;
}

/** The checks that rang, or left out, villages of the scope; newest first. */
export async function listSpotChecks(
  db: Queryable,
  _receipt: AuditReceipt,
  page: SpotCheckPage,
): Promise<ListedSpotCheck[]> {
  const { from, to } = regionRange(page.scope);
  const { rows } = await db.query<ListedSpotCheck>(
    `${checks} where v.region >= $1 and v.region < $2
       and ($3::timestamptz is null or (c.ordered_at, c.check_id) < ($3, $4::uuid))
     group by c.check_id, a.login order by c.ordered_at desc, c.check_id desc limit $5`,
    [from, to, page.before?.at ?? null, page.before?.id ?? null, page.limit],
  );
  return rows;
}

const checks = `
  select c.check_id as "checkId", c.region, c.reason, c.note, c.seconds, a.login as by,
         c.ordered_at as "orderedAt", c.until, c.withdrawn_at as "withdrawnAt", ${funnelColumns}
  from spot_check c join account a using (account_id) join spot_check_village v using (check_id)`;

/** A check as a scope may see it. */
export interface ScopedCheck {
  readonly checkId: string;
  readonly scope: Region;
}

/** One check with who answered it, by name; null where it asked nothing of the scope. */
export async function readSpotCheck(
  db: Queryable,
  _receipt: AuditReceipt,
  { checkId, scope }: ScopedCheck,
): Promise<
  | (ListedSpotCheck & {
      readonly leftOut: readonly LeftOutVillage[];
      readonly answers: readonly { readonly region: string; readonly name: string }[];
    })
  | null
> {
  const { from, to } = regionRange(scope);
  const { rows } = await db.query<ListedSpotCheck>(
    `${checks} where c.check_id = $1 and v.region >= $2 and v.region < $3
     group by c.check_id, a.login`,
    [checkId, from, to],
  );
  const [line] = rows;
  if (line === undefined) return null;
  const leftOut = await db.query<LeftOutVillage>(
    `select region, left_out as why from spot_check_village
     where check_id = $1 and region >= $2 and region < $3 and left_out is not null order by region`,
    [checkId, from, to],
  );
  const answers = await db.query<{ region: string; name: string }>(
    `select v.region, p.name from spot_check_village v join person p using (person_id)
     where v.check_id = $1 and v.region >= $2 and v.region < $3 order by v.region`,
    [checkId, from, to],
  );
  return { ...line, leftOut: leftOut.rows, answers: answers.rows };
}

/** The figures alone; null where it asked nothing of the scope. */
export async function readFunnel(
  db: Queryable,
  { checkId, scope }: ScopedCheck,
): Promise<SpotCheckFunnel | null> {
  const { from, to } = regionRange(scope);
  const { rows } = await db.query<SpotCheckFunnel>({
    name: 'read-spot-check-funnel',
    text: `select ${funnelColumns} from spot_check_village v
           where check_id = $1 and region >= $2 and region < $3 having count(*) > 0`,
    values: [checkId, from, to],
  });
  return rows[0] ?? null;
}

/** One village that rings, without a name. */
export interface CheckedVillageRow {
  readonly region: Region;
  readonly deliveredAt: string | null;
  readonly shownAt: string | null;
  readonly answeredAt: string | null;
  readonly cameTooLateAt: string | null;
  readonly answeredLateAt: string | null;
  readonly method: 'face' | 'pin' | 'pin-witness' | null;
  readonly answerMs: number | null;
  readonly callAskedAt: string | null;
  readonly calledBackAt: string | null;
  readonly calledBackReached: boolean | null;
  readonly orderedAt: string;
}

/** The villages that ring, in the order of their codes. */
export async function listCheckedVillages(
  db: Queryable,
  { checkId, scope }: ScopedCheck,
): Promise<CheckedVillageRow[]> {
  const { from, to } = regionRange(scope);
  const { rows } = await db.query<CheckedVillageRow>({
    name: 'list-checked-villages',
    text: `select region, delivered_at as "deliveredAt", shown_at as "shownAt",
             answered_at as "answeredAt", came_too_late_at as "cameTooLateAt",
             answered_late_at as "answeredLateAt", method, answer_ms as "answerMs",
             call_asked_at as "callAskedAt", called_back_at as "calledBackAt",
             called_back_reached as "calledBackReached", ordered_at as "orderedAt"
           from spot_check_village
           where check_id = $1 and region >= $2 and region < $3 and left_out is null
           order by region`,
    values: [checkId, from, to],
  });
  return rows;
}
