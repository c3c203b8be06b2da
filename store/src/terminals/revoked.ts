import type { Queryable } from '#engine/store.ts';

/** Which of these sources are revoked: for who may have missed the notice on channel `revoked`. */
export async function listRevoked(db: Queryable, among: readonly string[]): Promise<string[]> {
  if (among.length === 0) return [];
  const { rows } = await db.query<{ source: string }>({
    name: 'list-revoked',
    text: `select source from terminal_source
           where revoked_at is not null and source = any ($1::text[])`,
    values: [among],
  });
  return rows.map(({ source }) => source);
}
