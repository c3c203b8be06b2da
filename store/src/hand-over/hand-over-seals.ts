import { HandOverWritten } from '@sightline/contracts';
import { Compile } from 'typebox/compile';
import type { Sealed, SealKind } from '#seal/seal-kind.ts';

const check = Compile(HandOverWritten);

/** 交接 → `hand_over_text`. */
export const handOverSeals: SealKind = {
  kind: 'hand-over',
  async find(db, limit) {
    const { rows } = await db.query<Sealed>(
      `select h.item_id as id, h.sealed, k.private_key as "privateKey"
       from hand_over_item h
       left join complaint_key k
         on k.key_id = (h.sealed ->> 'keyId')::uuid and k.terminal_id = h.terminal_id
       where h.sealed is not null
         and not exists (select from hand_over_text t where t.item_id = h.item_id)
       order by h.position limit $1`,
      [limit],
    );
    return rows;
  },
  async write(db, id, opened) {
    const written = check.Check(opened) ? opened : null;
    await db.query(
      `insert into hand_over_text (item_id, text, unreadable)
       values ($1, $2, $3) on conflict do nothing`,
      [id, written?.text ?? null, written === null],
    );
  },
};
