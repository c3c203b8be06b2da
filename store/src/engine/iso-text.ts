/** SQL: an instant inside jsonb, which has its own way of writing them, as it is written everywhere else. */
export function isoText(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
