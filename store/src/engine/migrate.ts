import { isRefusal, refuse, type Refusal } from '@sightline/contracts';
import { limits } from '#limits.ts';
import { inTransaction } from './in-transaction.ts';
import { readMigrations, selectForEngine, type Migration } from './migration-files.ts';
import type { Client, Store } from './store.ts';

export interface MigrateOptions {
  /** Called before each migration that is applied. */
  readonly onStep?: (step: {
    readonly name: string;
    readonly index: number;
    readonly of: number;
  }) => void;
  /** The last migration to apply; all of them by default. */
  readonly until?: string;
  /** Folder of the migrations; the package's own by default. */
  readonly directory?: URL;
}

/** Held while migrating, so that two processes starting at once take turns. */
const migrationLock = 5_402_001;

/**
 * Brings the database to this program's version: forward only, each migration in its own transaction.
 * Refuses a database of a newer program and an applied migration whose file was edited since.
 */
export async function migrate(store: Store, options: MigrateOptions = {}): Promise<Refusal | null> {
  const migrations = await readMigrations(options.directory);
  for (;;) {
    const step = await inTransaction(store, (client) =>
      applyNext(client, { store, migrations, options }),
    );
    if (step === null || isRefusal(step)) return step;
  }
}

interface Plan {
  readonly store: Store;
  readonly migrations: readonly Migration[];
  readonly options: MigrateOptions;
}

/** Applies the first migration that is missing; returns its name, or null when none is. */
async function applyNext(client: Client, plan: Plan): Promise<string | Refusal | null> {
  await client.query(`set local statement_timeout = ${limits.migrationMs}`);
  await client.query('select pg_advisory_xact_lock($1)', [migrationLock]);
  await client.query(`
    create table if not exists migration (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`);
  const { rows } = await client.query<Applied>(
    'select name, checksum from migration order by name',
  );
  const refusal = compare(rows, plan.migrations);
  if (refusal !== null) return refusal;
  const next = plan.migrations[rows.length];
  const { until } = plan.options;
  const isEnough = until !== undefined && rows.at(-1)?.name === until;
  if (next === undefined || isEnough) return null;
  plan.options.onStep?.({ name: next.name, index: rows.length + 1, of: plan.migrations.length });
  try {
    await client.query(selectForEngine(next.sql, plan.store.engine));
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The migration ${next.name} failed and nothing of it was kept: ${words}.`, {
      cause,
    });
  }
  await client.query('insert into migration (name, checksum) values ($1, $2)', [
    next.name,
    next.checksum,
  ]);
  return next.name;
}

interface Applied {
  readonly name: string;
  readonly checksum: string;
}

function compare(applied: readonly Applied[], known: readonly Migration[]): Refusal | null {
  for (const [index, row] of applied.entries()) {
    const migration = known[index];
    if (migration?.name !== row.name) {
      return refuse(
        'newer-database',
        `The database was made by a newer Sightline (it has the migration ${row.name}, which this ` +
          `program does not know). Start the newer program, or restore a backup made before the update.`,
      );
    }
    if (migration.checksum !== row.checksum) {
      return refuse(
        'edited-migration',
        `The file of the migration ${row.name} was changed after it was applied to this database. ` +
          `Restore the file as it was and put the change into a new migration.`,
      );
    }
  }
  return null;
}
