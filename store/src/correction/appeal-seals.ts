import { AppealWritten } from '@sightline/contracts';
import { Compile } from 'typebox/compile';
import type { Sealed, SealKind } from '#seal/seal-kind.ts';

const check = Compile(AppealWritten);

/** 申诉 → `duty_correction_text`. */
export const appealSeals: SealKind = {
  kind: 'appeal',
  async find(db, limit) {
    const { rows } = await db.query<Sealed>(
      `select c.correction_id as id, c.sealed, k.private_key as "privateKey"
       from duty_correction c
       left join complaint_key k
         on k.key_id = (c.sealed ->> 'keyId')::uuid and k.terminal_id = c.terminal_id
       where c.sealed is not null
         and not exists (select from duty_correction_text t where t.correction_id = c.correction_id)
       order by c.position limit $1`,
      [limit],
    );
    return rows;
  },
  async write(db, id, opened) {
    const written = check.Check(opened) ? opened : null;
    await db.query(
      `insert into duty_correction_text (correction_id, text, unreadable)
       values ($1, $2, $3) on conflict do nothing`,
      [id, written?.text ?? null, written === null],
    );
  },
};
