import { readMigrations } from '#engine/migration-files.ts';
import type { Queryable } from '#engine/store.ts';

interface Named {
  readonly name: string;
  readonly checksum: string;
}

/** The first migration of a list that is not this program's; null where it knows all of them. */
export async function findUnknownMigration(list: readonly Named[]): Promise<string | null> {
  const known = await readMigrations();
  const unknown = list.find(
    ({ name, checksum }, index) =>
      known[index]?.name !== name || known[index].checksum !== checksum,
  );
  return unknown?.name ?? null;
}

export interface SchemaState {
  /** The newest migration of the database; null = none, it is empty. */
  readonly newest: string | null;
  /** Migrations of this program that the database does not have yet. */
  readonly missing: number;
  /** A migration of the database that this program does not know, or knows otherwise; null = none. */
  readonly unknown: string | null;
}

/** How the database's migrations stand to this program's. */
export async function readSchemaState(db: Queryable): Promise<SchemaState> {
  const applied = await appliedMigrations(db);
  const known = await readMigrations();
  return {
    newest: applied.at(-1)?.name ?? null,
    missing: Math.max(0, known.length - applied.length),
    unknown: await findUnknownMigration(applied),
  };
}

/** In their order; none where the database has no tables yet. */
export async function appliedMigrations(db: Queryable): Promise<Named[]> {
  const { rows: tables } = await db.query<{ name: string | null }>(
    `select to_regclass('public.migration')::text as name`,
  );
  if ((tables[0]?.name ?? null) === null) return [];
  const { rows } = await db.query<Named>('select name, checksum from migration order by name');
  return rows;
}
