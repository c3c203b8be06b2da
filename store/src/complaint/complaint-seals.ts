import { WrittenText } from '@sightline/contracts';
import { Compile } from 'typebox/compile';
import { sealFinder, type SealKind } from '#seal/seal-kind.ts';

const check = Compile(WrittenText);

/** 意见 → `complaint_text`. */
export const complaintSeals: SealKind = {
  kind: 'complaint',
  find: sealFinder({
    sealedIn: 'complaint',
    openedInto: 'complaint_text',
    id: 'complaint_id',
  }),
  async write(db, id, opened) {
    const written = check.Check(opened) ? opened : null;
    await db.query(
      `insert into complaint_text (complaint_id, text, contact, unreadable)
       values ($1, $2, $3, $4) on conflict do nothing`,
      [id, written?.text ?? null, written?.contact ?? null, written === null],
    );
  },
};
