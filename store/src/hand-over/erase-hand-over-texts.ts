import type { Store } from '#engine/store.ts';

/**
 * Erases what people wrote for the next shift so many days after they left it. The item, its sentences
 * and its states stay. Returns how many texts it erased.
 */
export async function eraseHandOverTexts(
  { pool }: Store,
  { textDays, now }: { readonly textDays: number; readonly now: Temporal.Instant },
): Promise<number> {
  const before = now.subtract({ hours: 24 * textDays }).toString();
  const { rowCount } = await pool.query(
    `update hand_over_text t set text = null, erased_at = $2
     from hand_over_item h
     where h.item_id = t.item_id and h.left_at < $1 and t.erased_at is null`,
    [before, now.toString()],
  );
  return rowCount ?? 0;
}
