import { queryableOf, type Queryable, type Store } from '#engine/store.ts';
import { limits } from '#limits.ts';

/** The first place where the log is not what was once committed: positions, and what is wrong there. */
export interface BrokenLink {
  readonly first: number;
  readonly last: number;
  readonly problem: string;
}

/**
 * Walks the custody chain from the first commit: every body hashes to its hash, every column says
 * what its body says, every batch has the root it was closed with, every root follows the one before,
 * no fact stands outside a batch, and each source's newest fact is still there. Null when all of it
 * holds. Reads the whole log in bounded steps.
 */
export async function verifyCustody(db: Store | Queryable): Promise<BrokenLink | null> {
  let after: Link = { last: 0, root: null };
  for (;;) {
    const links = await checkBatches(queryableOf(db), after);
    const broken = links.find((link) => link.problem !== null);
    if (broken !== undefined) {
      return { first: broken.first, last: broken.last, problem: broken.problem ?? '' };
    }
    const newest = links.at(-1);
    if (newest === undefined) return checkEnd(queryableOf(db), after.last);
    after = newest;
  }
}

interface Link {
  readonly last: number;
  readonly root: Buffer | null;
}

interface CheckedLink extends Link {
  readonly first: number;
  readonly problem: string | null;
}

const checkStatement = `
  with batch as (
    select first, last, facts, prev_root, root,
           lag(last, 1, $1::bigint) over (order by last) as last_before,
           lag(root, 1, coalesce($2::bytea, sha256('sightline log v1'))) over (order by last) as root_before
    from (select * from log_batch where last > $1 order by last limit $3) b
  ), found as (
    select b.last, count(l.position) as facts,
           count(*) filter (where l.position < b.first) as strays,
           bool_and(l.hash = sha256(convert_to(l.body, 'UTF8'))) as bodies_hold,
           bool_and((l.id::text, l.source, l.seq::text, l.region, l.stream, l.type, l.world, l.actor) =
             (j.id, j.source, j.seq, j.region, j.stream, j.type, j.world, j.actor)
             and l.at = j.at) as columns_hold,
           string_agg(l.hash, '' order by l.position) as hashes
    from batch b
    left join log l on l.position > b.last_before and l.position <= b.last
    left join lateral json_to_record(l.body::json) as j (id text, source text, seq text, region text,
      stream text, type text, world text, actor text, at timestamptz) on true
    group by b.last
  )
  select b.first, b.last, b.root,
         case
           when f.strays > 0 then 'A fact was put between two commits.'
           when f.facts <> b.facts then f.facts || ' facts stand where ' || b.facts || ' were committed.'
           when not f.bodies_hold then 'The body of a fact is not the one that was hashed.'
           when not f.columns_hold then 'A column of a fact does not say what its body says.'
           when b.prev_root <> b.root_before then 'A commit before this one is missing or was changed.'
           when b.root <> log_root(b.prev_root, b.first, b.last, f.hashes)
             then 'The facts of this commit, or their order, were changed.'
         end as problem
  from batch b join found f using (last)
  order by b.last`;

async function checkBatches(db: Queryable, after: Link): Promise<CheckedLink[]> {
  const { rows } = await db.query<CheckedLink>(checkStatement, [
    after.last,
    after.root,
    limits.custodyBatchesPerRead,
  ]);
  return rows;
}

/** What the chain itself cannot show: facts outside it, and an end that was cut off. */
async function checkEnd(db: Queryable, last: number): Promise<BrokenLink | null> {
  const { rows } = await db.query<{ stray: number | null; source: string | null }>(`
    select (select min(position) from log
            where position > coalesce((select max(last) from log_batch), 0)) as stray,
           (select h.source from source_head h
            where not exists (select from log l
                    where l.source = h.source and l.seq = h.seq and l.hash = h.hash)
              and not exists (select from quarantine q
                    where q.source = h.source and q.seq = h.seq and q.settled)
            order by h.source limit 1) as source`);
  const [end] = rows;
  const stray = end?.stray ?? null;
  if (stray !== null) {
    return { first: stray, last: stray, problem: 'A fact stands after the last commit.' };
  }
  const source = end?.source ?? null;
  if (source === null) return null;
  return { first: last, last, problem: `The newest fact of the source ${source} is gone.` };
}
