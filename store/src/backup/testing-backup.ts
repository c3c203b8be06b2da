import type { Queryable } from '#engine/store.ts';

/** A table as one text: what is equal here is equal. */
export async function tableText(
  { pool }: { readonly pool: Queryable },
  sql: string,
): Promise<string> {
  const { rows } = await pool.query<{ text: string }>(
    `select coalesce(encode(sha256(convert_to(string_agg(t::text, E'\\n' order by t::text), 'UTF8')), 'hex'), '')
       || ' ' || count(*) as text from (${sql}) t`,
  );
  return rows[0]?.text ?? '';
}
