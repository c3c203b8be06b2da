import type { Queryable, Store } from '#engine/store.ts';

/** How long what was written is kept. */
export interface ComplaintRetention {
  /** After the answer. */
  readonly textDays: number;
  /** After a key was replaced: a terminal may be cut off, and send what it sealed with it, so long. */
  readonly keyDays: number;
}

/**
 * Erases what people wrote when its time is over, and destroys the keys its sealed copy in the log
 * could be opened with. The complaint itself, its states and its answers' times stay for ever.
 */
export async function eraseComplaintTexts(
  { pool }: Store,
  { textDays, keyDays }: ComplaintRetention,
  now: Temporal.Instant,
): Promise<{ readonly texts: number; readonly keys: number }> {
  const before = (days: number) => now.subtract({ hours: 24 * days }).toString();
  return {
    texts: await eraseTexts(pool, { before: before(textDays), now: now.toString() }),
    keys: await destroyKeys(pool, before(keyDays)),
  };
}

async function eraseTexts(
  db: Queryable,
  { before, now }: { readonly before: string; readonly now: string },
): Promise<number> {
  const { rowCount } = await db.query(
    `update complaint_text t
     set text = null, contact = null, about_login = null, erased_at = $2
     from complaint c
     where c.complaint_id = t.complaint_id and c.state = 'answered' and c.answered_at < $1
       and t.erased_at is null`,
    [before, now],
  );
  return rowCount ?? 0;
}

async function destroyKeys(db: Queryable, before: string): Promise<number> {
  const { rowCount } = await db.query(
    'update complaint_key set private_key = null where ended_at < $1 and private_key is not null',
    [before],
  );
  return rowCount ?? 0;
}
