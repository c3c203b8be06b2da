import { complaintSeals } from '#complaint/complaint-seals.ts';
import type { Queryable, Store } from '#engine/store.ts';
import { handOverSeals } from '#hand-over/hand-over-seals.ts';
import { appealSeals } from '#correction/appeal-seals.ts';
import { openSeal } from './open-seal.ts';
import type { SealKind } from './seal-kind.ts';

const textsPerCall = 100;

const kinds: readonly SealKind[] = [complaintSeals, handOverSeals, appealSeals];

/**
 * Opens what kiosks sealed, once each, into tables from where it can be erased. It looks at what
 * stands, not at what is new: it may run at any time, again, and after a rebuild; what was erased stays
 * erased, because its row stays. Returns how many it wrote.
 */
export async function openSealedTexts({ pool }: Store): Promise<number> {
  const counts = await Promise.all(kinds.map((kind) => openKind(pool, kind)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function openKind(db: Queryable, of: SealKind): Promise<number> {
  const { kind } = of;
  const waiting = await of.find(db, textsPerCall);
  for (const { id, sealed, privateKey } of waiting) {
    await of.write(db, id, privateKey === null ? null : openSeal({ kind, id }, sealed, privateKey));
  }
  return waiting.length;
}
