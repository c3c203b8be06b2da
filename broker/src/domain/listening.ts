/** Since when this broker listens, and since when it cannot write what it hears; ISO instants. */
export interface Listening {
  readonly since: string;
  readonly databaseAwaySince: string | null;
}

/**
 * After a try to write. Without its database a broker takes no fact and lets nobody in, so the
 * terminals it lost meanwhile were not silent: when the database was away longer than `outageMs`, it
 * listens since now.
 */
export function afterWriting(
  listening: Listening,
  wrote: { readonly ok: boolean; readonly at: string },
  outageMs: number,
): Listening {
  const { since, databaseAwaySince } = listening;
  if (!wrote.ok) return { since, databaseAwaySince: databaseAwaySince ?? wrote.at };
  if (databaseAwaySince === null) return listening;
  const from = Temporal.Instant.from(databaseAwaySince);
  const awayMs = Temporal.Instant.from(wrote.at).since(from).total('milliseconds');
  return { since: awayMs > outageMs ? wrote.at : since, databaseAwaySince: null };
}
