import { AppealWritten } from '@sightline/contracts';
import { Compile } from 'typebox/compile';
import { sealFinder, type SealKind } from '#seal/seal-kind.ts';

const check = Compile(AppealWritten);

/** 申诉 → `duty_correction_text`. */
export const appealSeals: SealKind = {
  kind: 'appeal',
  find: sealFinder({
    sealedIn: 'duty_correction',
    openedInto: 'duty_correction_text',
    id: 'correction_id',
  }),
  async write(db, id, opened) {
    const written = check.Check(opened) ? opened : null;
    await db.query(
      `insert into duty_correction_text (correction_id, text, unreadable)
       values ($1, $2, $3) on conflict do nothing`,
      [id, written?.text ?? null, written === null],
    );
  },
};
