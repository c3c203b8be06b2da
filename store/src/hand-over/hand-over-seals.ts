import { HandOverWritten } from '@sightline/contracts';
import { Compile } from 'typebox/compile';
import { sealFinder, type SealKind } from '#seal/seal-kind.ts';

const check = Compile(HandOverWritten);

/** 交接 → `hand_over_text`. */
export const handOverSeals: SealKind = {
  kind: 'hand-over',
  find: sealFinder({
    sealedIn: 'hand_over_item',
    openedInto: 'hand_over_text',
    id: 'item_id',
  }),
  async write(db, id, opened) {
    const written = check.Check(opened) ? opened : null;
    await db.query(
      `insert into hand_over_text (item_id, text, unreadable)
       values ($1, $2, $3) on conflict do nothing`,
      [id, written?.text ?? null, written === null],
    );
  },
};
