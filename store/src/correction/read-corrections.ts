import {
  correctionLimits,
  regionRange,
  type CorrectionFigures,
  type CorrectionView,
  type DutyEvidence,
  type LedgerRow,
  type Region,
} from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import type { Queryable } from '#engine/store.ts';
import { instantsOf } from '#ledger/read-ledger.ts';
import type { LedgerDays } from '#ledger/read-duty-days.ts';
import { approvedVerdict } from './change-correction.ts';

/** A case as it stands, with actors instead of logins. */
export interface ReadCorrection extends Omit<
  CorrectionView,
  'duty' | 'appeal' | 'proposal' | 'decision' | 'isOwnMatter'
> {
  readonly position: number;
  readonly post: CorrectionView['duty']['post'];
  readonly day: string;
  readonly span: CorrectionView['duty']['span'];
  readonly appealedAt: string | null;
  readonly appealReceivedAt: string | null;
  readonly appealedBy: string | null;
  readonly appealReason: NonNullable<CorrectionView['appeal']>['reason'] | null;
  readonly terminalId: string | null;
  readonly text: string;
  readonly gone: NonNullable<CorrectionView['appeal']>['gone'];
  readonly proposedAt: string | null;
  readonly proposedBy: string | null;
  readonly proposalReason: NonNullable<CorrectionView['proposal']>['reason'] | null;
  readonly original: NonNullable<CorrectionView['proposal']>['original'] | null;
  readonly verdict: NonNullable<CorrectionView['proposal']>['verdict'] | null;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
}

const cases = `
  select x.correction_id as "correctionId", x.position, x.region, x.post, x.day, x.span,
         x.starts_at as "startsAt", x.person_id as "personId", p.name, x.state,
         x.appealed_at as "appealedAt", x.appeal_received_at as "appealReceivedAt",
         x.appealed_by as "appealedBy", x.appeal_reason as "appealReason",
         x.terminal_id as "terminalId", coalesce(t.text, '') as text,
         case when t.erased_at is not null then 'erased' when t.unreadable then 'unreadable'
              when x.sealed is not null and t.correction_id is null then 'not-opened' end as gone,
         x.proposed_at as "proposedAt", x.proposed_by as "proposedBy",
         x.proposal_reason as "proposalReason", x.original, x.verdict,
         x.decided_at as "decidedAt", x.decided_by as "decidedBy",
         l.verdict as found, ${approvedVerdict} as corrected
  from duty_correction x
  left join duty_correction_text t using (correction_id)
  left join person p on p.person_id = x.person_id and p.region = x.region
  left join duty_ledger l on l.region = x.region and l.post = x.post and l.starts_at = x.starts_at`;

export interface CorrectionPage {
  readonly scope: Region;
  readonly onlyOpen: boolean;
  readonly limit: number;
  /** Position of the last row of the page before. */
  readonly after: number | null;
}

/** Those that wait, the longest waiting first; or all, newest first. The receipt proves the reading was audited. */
export async function listCorrections(
  db: Queryable,
  _receipt: AuditReceipt,
  { scope, onlyOpen, limit, after }: CorrectionPage,
): Promise<ReadCorrection[]> {
  const { from, to } = regionRange(scope);
  const turn = onlyOpen
    ? `x.state in ('appealed', 'proposed') and ($3::bigint is null or x.position > $3)
       order by x.position`
    : `($3::bigint is null or x.position < $3) order by x.position desc`;
  const { rows } = await db.query<ReadCorrection>(
    `${cases} where x.region >= $1 and x.region < $2 and ${turn} limit $4`,
    [from, to, after, limit],
  );
  return rows;
}

/** Which row of the ledger. */
export type DutyKey = Pick<LedgerRow, 'region' | 'post' | 'startsAt'>;

/** The cases of one duty, the first one first. */
export async function listCorrectionsOf(
  db: Queryable,
  _receipt: AuditReceipt,
  { region, post, startsAt }: DutyKey,
): Promise<ReadCorrection[]> {
  const { rows } = await db.query<ReadCorrection>(
    `${cases} where x.region = $1 and x.post = $2 and x.starts_at = $3
     order by x.position limit ${correctionLimits.chainRows}`,
    [region, post, startsAt],
  );
  return rows;
}

/**
 * The check-ins that may speak of a duty: of whoever owed it and of their fallback, from two hours before its
 * beginning to its end; and those whose time nobody knows, that came since.
 */
export async function listDutyEvidence(
  db: Queryable,
  _receipt: AuditReceipt,
  { region, post, startsAt }: DutyKey,
): Promise<DutyEvidence[]> {
  const { rows } = await db.query<DutyEvidence>(
    `select c.at, c.effective_at as "effectiveAt", c.received_at as "receivedAt", c.certain,
            c.person_id as "personId", p.name, c.method, c.terminal_id as "terminalId",
            c.sample_camera as "sampleCamera", c.simulated
     from duty_ledger l
     join check_in c on c.region = l.region and c.person_id in (l.person_id, l.fallback_id)
       and c.world = 'actual'
       and case when c.certain
         then c.effective_at >= l.starts_at - interval '2 hours' and c.effective_at < l.ends_at
         else c.received_at >= l.starts_at - interval '2 hours'
           and c.received_at < l.ends_at + interval '62 days' end
     left join person p on p.person_id = c.person_id
     where l.region = $1 and l.post = $2 and l.starts_at = $3
     order by c.effective_at, c.id limit ${correctionLimits.evidenceRows}`,
    [region, post, startsAt],
  );
  return rows;
}

/** How many cases of a scope wait, and what findings of the period were corrected to. Names nobody. */
export async function countCorrections(
  db: Queryable,
  days: LedgerDays,
): Promise<CorrectionFigures> {
  const { from, to } = regionRange(days.scope);
  const open = await db.query<{ cases: number }>(
    `select count(*)::integer as cases from duty_correction
     where region >= $1 and region < $2 and state in ('appealed', 'proposed')`,
    [from, to],
  );
  const span = instantsOf(days);
  const moved = await db.query<CorrectionFigures['moved'][number]>(
    `select l.verdict as from, c.verdict as to, count(*)::integer as duties
     from (
       select distinct on (region, post, starts_at) region, post, starts_at, verdict
       from duty_correction
       where region >= $1 and region < $2 and starts_at >= $3 and starts_at < $4
         and state = 'approved' and verdict <> 'stands'
       order by region, post, starts_at, changed_position desc) c
     join duty_ledger l using (region, post, starts_at)
     group by 1, 2 order by 1, 2`,
    [from, to, span.from, span.to],
  );
  return { openCases: open.rows[0]?.cases ?? 0, moved: moved.rows };
}
