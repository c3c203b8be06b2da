import { WrittenText } from '@sightline/contracts';
import { Compile } from 'typebox/compile';
import type { Sealed, SealKind } from '#seal/seal-kind.ts';

const check = Compile(WrittenText);

/** 意见 → `complaint_text`. */
export const complaintSeals: SealKind = {
  kind: 'complaint',
  async find(db, limit) {
    const { rows } = await db.query<Sealed>(
      `select c.complaint_id as id, c.sealed, k.private_key as "privateKey"
       from complaint c
       left join complaint_key k
         on k.key_id = (c.sealed ->> 'keyId')::uuid and k.terminal_id = c.terminal_id
       where c.sealed is not null
         and not exists (select from complaint_text t where t.complaint_id = c.complaint_id)
       order by c.position limit $1`,
      [limit],
    );
    return rows;
  },
  async write(db, id, opened) {
    const written = check.Check(opened) ? opened : null;
    await db.query(
      `insert into complaint_text (complaint_id, text, contact, unreadable)
       values ($1, $2, $3, $4) on conflict do nothing`,
      [id, written?.text ?? null, written?.contact ?? null, written === null],
    );
  },
};
