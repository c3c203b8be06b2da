import { shiftAt, type DutyFinding, type StandingDuty } from '@sightline/contracts';
import type { Client } from '#engine/store.ts';
import type { VillageDay } from './touched.ts';

/** A duty and what is now said of it. */
export interface JudgedDuty {
  readonly duty: StandingDuty;
  readonly finding: DutyFinding;
  readonly completedAt: Temporal.Instant | null;
}

export interface JudgedDay extends VillageDay {
  readonly judged: readonly JudgedDuty[];
}

/**
 * Writes what was judged, whole days at a time: a row whose duty is owed by nobody any more goes. What
 * says the same as before is left alone, but for the first time it is judged in a new shift.
 */
export async function saveVerdicts(
  client: Client,
  days: readonly JudgedDay[],
  now: Temporal.Instant,
): Promise<void> {
  await client.query(
    `delete from duty_ledger l using unnest($1::text[], $2::text[]) as g (region, day)
     where l.region = g.region and l.day = g.day and not exists (
       select from unnest($3::text[], $4::text[], $5::timestamptz[]) as k (region, post, starts_at)
       where k.region = l.region and k.post = l.post and k.starts_at = l.starts_at)`,
    [
      days.map(({ region }) => region),
      days.map(({ day }) => day),
      days.flatMap(({ region, judged }) => judged.map(() => region)),
      days.flatMap(({ judged }) => judged.map(({ duty }) => duty.post)),
      days.flatMap(({ judged }) => judged.map(({ duty }) => duty.from.toString())),
    ],
  );
  const rows = days.flatMap(({ region, judged }) => judged.map((each) => toRow(region, each, now)));
  await client.query({
    name: 'save-duty-verdicts',
    text: saveRows,
    values: [JSON.stringify(rows), shiftAt(now).from.toString()],
  });
}

const owed = 'day, span, person_id, fallback_id, ends_at, owed_from';
const said = `verdict, why, method, checked_in_at, late_minutes, received_at, completed_at, simulated,
  sample_camera`;
const excluded = (columns: string) => columns.replaceAll(/\w+/g, (name) => `excluded.${name}`);
const stands = (columns: string) => columns.replaceAll(/\w+/g, (name) => `l.${name}`);

const saveRows = `
  insert into duty_ledger as l (region, post, starts_at, judged_at, ${owed}, ${said})
  select region, post, starts_at, judged_at, ${owed}, ${said}
  from jsonb_to_recordset($1::jsonb) as g (region text, post text, starts_at timestamptz,
    judged_at timestamptz, day text, span text, person_id uuid, fallback_id uuid,
    ends_at timestamptz, owed_from timestamptz, verdict text, why text, method text,
    checked_in_at timestamptz, late_minutes integer, received_at timestamptz,
    completed_at timestamptz, simulated boolean, sample_camera boolean)
  on conflict (region, post, starts_at) do update
  set (judged_at, ${owed}, ${said}) = (excluded.judged_at, ${excluded(owed)}, ${excluded(said)})
  where (${stands(owed)}, ${stands(said)}) is distinct from (${excluded(owed)}, ${excluded(said)})
    or (l.judged_at < $2 and l.judged_at < l.ends_at)`;

function toRow(region: string, { duty, finding, completedAt }: JudgedDuty, now: Temporal.Instant) {
  const text = (instant: Temporal.Instant | null) => instant?.toString() ?? null;
  return {
    region,
    post: duty.post,
    starts_at: text(duty.from),
    judged_at: text(now),
    day: duty.day,
    span: duty.span,
    person_id: duty.personId,
    fallback_id: duty.fallbackId,
    ends_at: text(duty.to),
    owed_from: text(duty.owedFrom),
    verdict: finding.verdict,
    why: finding.why,
    method: finding.method,
    checked_in_at: text(finding.checkedInAt),
    late_minutes: finding.lateMinutes,
    received_at: text(finding.receivedAt),
    completed_at: text(completedAt),
    simulated: finding.simulated,
    sample_camera: finding.sampleCamera,
  };
}
