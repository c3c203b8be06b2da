import type { AuditView } from '@sightline/contracts';
import { loginsOf, type AuditRow, type Store } from '@sightline/store';

const accountPrefix = 'account:';

/** Audit rows with the logins behind their accounts. */
export async function viewAudit(
  { pool }: Store,
  rows: readonly AuditRow[],
): Promise<readonly AuditView[]> {
  const accounts = rows
    .filter((row) => row.who.startsWith(accountPrefix))
    .map((row) => row.who.slice(accountPrefix.length));
  const logins = await loginsOf(pool, [...new Set(accounts)]);
  return rows.map((row) => ({
    ...row,
    login: logins.get(row.who.slice(accountPrefix.length)) ?? null,
  }));
}
