import type { Queryable } from '#engine/store.ts';

/** Whether an account has a confirmed second factor. */
export async function hasConfirmedFactor(store: Queryable, accountId: string): Promise<boolean> {
  const { rows } = await store.query<{ confirmed: boolean }>(
    `select confirmed_at is not null as confirmed from second_factor where account_id = $1`,
    [accountId],
  );
  return rows[0]?.confirmed ?? false;
}
