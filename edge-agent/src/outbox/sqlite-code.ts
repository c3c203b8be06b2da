export type SqliteCode = 'busy' | 'full' | 'io' | 'corrupt' | 'not-a-database' | 'other';

/** https://sqlite.org/rescode.html: the low byte is the primary result code. */
const codes: Readonly<Record<number, SqliteCode>> = {
  5: 'busy',
  6: 'busy',
  10: 'io',
  11: 'corrupt',
  13: 'full',
  26: 'not-a-database',
};

/** What kind of fault node:sqlite threw, or null when the error is not SQLite's. */
export function sqliteCode(fault: unknown): SqliteCode | null {
  if (!(fault instanceof Error) || !('errcode' in fault)) return null;
  return codes[Number(fault.errcode) & 0xff] ?? 'other';
}
