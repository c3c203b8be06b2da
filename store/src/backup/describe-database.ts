import type { Queryable } from '#engine/store.ts';
import type { Manifest } from './manifest.ts';

/** Counted anew by their triggers, or by the database itself, when the rows they count come back. */
const derived: readonly string[] = ['shift_count'];
/** Written by the restoring program itself. What an extension brings (deptype e) comes with it. */
const ownTables: readonly string[] = ['migration'];

/** What the database holds now, in the snapshot of the caller's transaction. */
export async function describeDatabase(
  db: Queryable,
  { takenAt, engine }: Pick<Manifest, 'takenAt' | 'engine'>,
): Promise<Manifest> {
  const migrations = await db.query<{ name: string; checksum: string }>(
    'select name, checksum from migration order by name',
  );
  const heads = await db.query<{ position: number; root: string; seq: number; hash: string }>(`
    select coalesce((select max(position) from log), 0) as position,
           coalesce((select encode(root, 'hex') from log_batch order by last desc limit 1), '') as root,
           coalesce((select max(seq) from audit), 0) as seq,
           coalesce((select encode(hash, 'hex') from audit order by seq desc limit 1), '') as hash`);
  const [head] = heads.rows;
  if (head === undefined) throw new Error('The database answered nothing.');
  const sequences = await db.query<{ name: string; value: number | null }>(
    `select sequencename as name, last_value as value from pg_sequences
     where schemaname = 'public' order by sequencename`,
  );
  return {
    format: 1,
    takenAt,
    engine,
    migrations: migrations.rows,
    logPosition: head.position,
    custodyRoot: head.root,
    audit: { seq: head.seq, hash: head.hash },
    tables: await describeTables(db),
    sequences: sequences.rows.map(({ name, value }) => ({ name, value: value ?? 0 })),
  };
}

async function describeTables(db: Queryable): Promise<Manifest['tables']> {
  const { rows } = await db.query<{ name: string; columns: string[] }>(
    `select c.relname::text as name, array(
       select a.attname::text from pg_attribute a
       where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       order by a.attnum) as columns
     from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and not c.relispartition and c.relname <> all ($1)
       and not exists (select from pg_depend d where d.objid = c.oid
         and d.classid = 'pg_class'::regclass and d.deptype = 'e')
     order by c.relname`,
    [[...derived, ...ownTables]],
  );
  const references = await db.query<{ from: string; to: string }>(
    `select f.relname::text as from, t.relname::text as to from pg_constraint k
     join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.conrelid <> k.confrelid`,
  );
  const tables: Manifest['tables'] = [];
  for (const table of ordered(rows, references.rows)) {
    const { rows: counted } = await db.query<{ rows: number }>(
      `select count(*) as rows from "${table.name}"`,
    );
    tables.push({ ...table, rows: counted[0]?.rows ?? 0 });
  }
  return tables;
}

interface Named {
  readonly name: string;
  readonly columns: string[];
}

/** What is referred to comes before what refers to it. Throws on a circle: there is none in our schema. */
function ordered(
  tables: readonly Named[],
  references: readonly { readonly from: string; readonly to: string }[],
): Named[] {
  const placed: Named[] = [];
  let left = [...tables];
  while (left.length > 0) {
    const waiting = new Set(left.map(({ name }) => name));
    const ready = left.filter(
      ({ name }) => !references.some(({ from, to }) => from === name && waiting.has(to)),
    );
    if (ready.length === 0)
      throw new Error(`Tables refer to each other in a circle: ${[...waiting].join(', ')}.`);
    placed.push(...ready);
    left = left.filter((table) => !ready.includes(table));
  }
  return placed;
}
