import type { Store } from '#engine/store.ts';

/**
 * Erases what people wrote in appeals so many days after the case ended (one that joined another: after it was
 * said). The case, its reasons and its times stay for ever. Returns how many texts it erased.
 */
export async function eraseAppealTexts(
  { pool }: Store,
  { textDays, now }: { readonly textDays: number; readonly now: Temporal.Instant },
): Promise<number> {
  const before = now.subtract({ hours: 24 * textDays }).toString();
  const { rowCount } = await pool.query(
    `update duty_correction_text t set text = null, erased_at = $2
     from duty_correction c
     where c.correction_id = t.correction_id and t.erased_at is null
       and case when c.state = 'joined' then c.appealed_at else c.decided_at end < $1`,
    [before, now.toString()],
  );
  return rowCount ?? 0;
}
