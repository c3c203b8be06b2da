import type { Region } from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import type { Queryable } from '#engine/store.ts';

/** 值班签到 with the name of who made it. */
export interface NamedCheckIn {
  readonly id: string;
  readonly personId: string;
  /** Null where the register does not know this person. */
  readonly name: string | null;
  readonly at: string;
  readonly certain: boolean;
  readonly receivedAt: string;
  readonly shift: string;
  readonly method: string;
  /** 见证人 of a check-in by PIN and witness; null where there is none or the register does not know them. */
  readonly witness: string | null;
  /** The face came from recorded sample footage. */
  readonly sampleCamera: boolean;
  readonly terminalId: string;
  /** 签退 that ended it; null = none was heard of. */
  readonly leftAt: string | null;
  readonly leftMethod: string | null;
  /** Its device's clock is known. */
  readonly leftCertain: boolean | null;
}

export interface CheckInPage {
  readonly region: Region;
  readonly limit: number;
  /** The last row of the page before. */
  readonly before: { readonly at: string; readonly id: string } | null;
}

/** The check-ins of a village by name, newest first. The receipt proves the reading was audited. */
export async function listCheckIns(
  db: Queryable,
  _receipt: AuditReceipt,
  page: CheckInPage,
): Promise<NamedCheckIn[]> {
  const { rows } = await db.query<NamedCheckIn>(
    `select c.id, c.person_id as "personId", p.name, c.effective_at as at, c.certain,
            c.received_at as "receivedAt", c.shift, c.method, c.terminal_id as "terminalId",
            w.name as witness, c.sample_camera as "sampleCamera",
            o.left_at as "leftAt", o.method as "leftMethod", o.certain as "leftCertain"
     from check_in c left join person p using (person_id)
       left join person w on w.person_id = c.witness_id and w.region = c.region
       left join check_out_known o on o.region = c.region and o.person_id = c.person_id
         and o.shift = c.said_shift
     where c.region = $1 and c.world = 'actual'
       and ($2::timestamptz is null or (c.effective_at, c.id) < ($2, $3::uuid))
     order by c.effective_at desc, c.id desc limit $4`,
    [page.region, page.before?.at ?? null, page.before?.id ?? null, page.limit],
  );
  return rows;
}
