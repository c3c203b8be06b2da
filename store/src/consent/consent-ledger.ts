import type { ErasureReason, Region } from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import type { Queryable } from '#engine/store.ts';

/** 同意台账. One line of it: a face was enrolled, its consent withdrawn, or its template erased. */
export interface ConsentEvent {
  readonly id: string;
  readonly position: number;
  readonly kind: 'enrolled' | 'withdrawn' | 'erased';
  /** When it happened, as well as the device's clock is known. */
  readonly at: string;
  /** What the fact itself says: an erasure receipt was signed over this. */
  readonly saidAt: string;
  /** False: the device's clock was never set since it started. */
  readonly certain: boolean;
  readonly personId: string;
  /** Null = withdrawn at the console. */
  readonly terminalId: string | null;
  readonly source: string;
  /** Who made the fact: `account:…` at the console. */
  readonly actor: string;
  readonly consentVersion: string | null;
  readonly model: string | null;
  /** Who gave out the code of an enrolment; null where no such code is known. */
  readonly vouchedBy: string | null;
  readonly reason: ErasureReason | null;
  readonly sig: string | null;
  /** The key enrolled for that source, SPKI DER base64url, and the terminal it belongs to. */
  readonly publicKey: string | null;
  readonly keyTerminalId: string | null;
}

export interface ConsentPage {
  readonly personId: string;
  /** Of the person's village: what other villages' terminals say of them does not count. */
  readonly region: Region;
  readonly limit: number;
  /** The last position of the page before. */
  readonly before: number | null;
}

/** A person's ledger, newest first. The receipt proves that this reading stands in the audit. */
export async function listConsentEvents(
  db: Queryable,
  _receipt: AuditReceipt,
  page: ConsentPage,
): Promise<ConsentEvent[]> {
  const { rows } = await db.query<ConsentEvent>(
    `select e.id, e.position, e.kind, e.at as "saidAt", e.person_id as "personId",
            case when e.has_own_clock or a.offset_ms is null then e.at
              else timestamptz 'epoch' + (a.offset_ms + e.uptime_ms) * interval '1 millisecond'
            end as at,
            e.has_own_clock or a.offset_ms is not null as certain,
            e.terminal_id as "terminalId", e.source, e.actor, e.consent_version as "consentVersion",
            e.model, g.actor as "vouchedBy", e.reason, e.sig, s.public_key as "publicKey",
            s.terminal_id as "keyTerminalId"
     from consent_event e
     left join clock_anchor a on a.source = e.source and a.boot_id = e.boot_id
     left join face_grant g
       on g.grant_id = e.grant_id and g.person_id = e.person_id and g.terminal_id = e.terminal_id
     left join terminal_source s on s.source = e.source
     where e.person_id = $1 and e.region = $2 and ($3::bigint is null or e.position < $3)
     order by e.position desc limit $4`,
    [page.personId, page.region, page.before, page.limit],
  );
  return rows;
}
