import type { ContactKind } from '@sightline/contracts';
import type { AuditReceipt } from '#access/audit.ts';
import type { Client, Queryable } from '#engine/store.ts';

/** 联系方式, sealed by the centre: the database cannot read it. */
export interface SealedContact {
  readonly kind: ContactKind;
  readonly cipher: Buffer;
}

/** Writes a member's number of this kind, in place of the one before. */
export async function setContact(
  client: Client,
  contact: SealedContact & {
    readonly contactId: string;
    readonly memberId: string;
    readonly masked: string;
  },
): Promise<void> {
  await client.query(
    `insert into contact (contact_id, member_id, kind, cipher, masked) values ($1, $2, $3, $4, $5)
     on conflict (member_id, kind) do update set cipher = excluded.cipher, masked = excluded.masked`,
    [contact.contactId, contact.memberId, contact.kind, contact.cipher, contact.masked],
  );
}

export async function removeContact(
  client: Client,
  { memberId, kind }: { readonly memberId: string; readonly kind: ContactKind },
): Promise<void> {
  await client.query('delete from contact where member_id = $1 and kind = $2', [memberId, kind]);
}

/** The sealed numbers of a member; the receipt proves that this reading stands in the audit. */
export async function readSealedContacts(
  db: Queryable,
  _receipt: AuditReceipt,
  memberId: string,
): Promise<SealedContact[]> {
  const { rows } = await db.query<SealedContact>(
    'select kind, cipher from contact where member_id = $1 order by kind',
    [memberId],
  );
  return rows;
}
