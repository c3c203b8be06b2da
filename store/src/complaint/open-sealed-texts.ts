import type { SealedText } from '@sightline/contracts';
import type { Queryable, Store } from '#engine/store.ts';
import { openSeal } from './open-seal.ts';

const textsPerCall = 100;

interface Sealed {
  readonly complaintId: string;
  readonly terminalId: string;
  readonly sealed: SealedText;
  readonly privateKey: Buffer | null;
}

/**
 * Opens what kiosks sealed, once each, into `complaint_text`, from where it can be erased. It looks at
 * what stands, not at what is new: it may run at any time, again, and after a rebuild; what was erased
 * stays erased, because its row stays. Returns how many it wrote.
 */
export async function openSealedTexts({ pool }: Store): Promise<number> {
  const waiting = await findSealed(pool);
  for (const { complaintId, sealed, privateKey } of waiting) {
    const written = privateKey === null ? null : openSeal(complaintId, sealed, privateKey);
    await pool.query(
      `insert into complaint_text (complaint_id, text, contact, unreadable)
       values ($1, $2, $3, $4) on conflict do nothing`,
      [complaintId, written?.text ?? null, written?.contact ?? null, written === null],
    );
  }
  return waiting.length;
}

/** With the private half of the very terminal's key: another's seal is nobody's. */
async function findSealed(db: Queryable): Promise<Sealed[]> {
  const { rows } = await db.query<Sealed>(
    `select c.complaint_id as "complaintId", c.terminal_id as "terminalId", c.sealed,
            k.private_key as "privateKey"
     from complaint c
     left join complaint_key k
       on k.key_id = (c.sealed ->> 'keyId')::uuid and k.terminal_id = c.terminal_id
     where c.sealed is not null
       and not exists (select from complaint_text t where t.complaint_id = c.complaint_id)
     order by c.position limit $1`,
    [textsPerCall],
  );
  return rows;
}
