import type { Queryable } from '#engine/store.ts';
import type { Manifest } from './manifest.ts';
import { appliedMigrations, findUnknownMigration } from './schema-state.ts';

/** What a fresh start writes by itself: it may stand there, and goes. */
export const seeded: readonly string[] = ['division', 'broker_state', 'projection_cursor'];

/** Throws a sentence where this program cannot read what a backup of that schema holds. */
export async function assertKnownSchema({ migrations }: Manifest): Promise<void> {
  if (migrations.length === 0)
    throw new Error('The backup was taken of a database without tables.');
  const unknown = await findUnknownMigration(migrations);
  if (unknown === null) return;
  throw new Error(
    `The backup was made by a Sightline with the migration ${unknown}, which this one does not have: restore it with that program, or a newer one.`,
  );
}

/** Throws a sentence where the database holds anything of its own, or is of a newer schema than the backup. */
export async function assertEmpty(db: Queryable, { migrations }: Manifest): Promise<void> {
  const { rows: tables } = await db.query<{ name: string }>(
    `select c.relname::text as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and not c.relispartition and c.relname <> all ($1) order by c.relname`,
    [[...seeded, 'migration']],
  );
  for (const { name } of tables) {
    const { rowCount } = await db.query(`select from "${name}" limit 1`);
    if (rowCount === 0) continue;
    throw new Error(
      `The database is not empty: ${name} has rows. Restore into a new one (another --data folder, or another DATABASE_URL).`,
    );
  }
  // Rows of an older schema would miss what the newer migrations do with rows.
  const ahead = (await appliedMigrations(db))[migrations.length];
  if (ahead === undefined) return;
  throw new Error(
    `The database has the migration ${ahead.name}, which came after this backup. Restore into one without tables (another --data folder, or another DATABASE_URL).`,
  );
}
