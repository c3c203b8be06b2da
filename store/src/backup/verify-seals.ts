import { createPublicKey, hash, verify } from 'node:crypto';
import { sealText } from '@sightline/contracts';
import { queryableOf, type Queryable, type Store } from '#engine/store.ts';
import { backupLimits as limits } from './limits.ts';

/** The first place where a device's own chain does not hold. */
export interface BrokenSeal {
  readonly source: string;
  readonly seq: number;
  readonly problem: string;
}

/**
 * Walks every device's own chain: each fact carries the hash of the fact before it of that source, and
 * each seal is a signature of the key whose fingerprint the source is, over the fact that stands there.
 * What the device itself said, provable without believing the server. Null when all of it holds. Reads in
 * bounded steps.
 */
export async function verifySeals(db: Store | Queryable): Promise<BrokenSeal | null> {
  return (await findBrokenChain(queryableOf(db))) ?? (await findBrokenSeal(queryableOf(db)));
}

interface Place {
  readonly source: string;
  readonly seq: number;
}

const beginning: Place = { source: '', seq: 0 };

/** A gap is a settled refusal and is no break: the fact after it follows one that is not in the log. */
const chainStatement = `
  with fact as (
    select source, seq, hash, body from log
    where (source, seq) >= ($1, $2::bigint) order by source, seq limit $3
  ), linked as (
    select source, seq, body::json ->> 'prev' as prev,
           lag(seq) over w as seq_before, lag(hash) over w as hash_before
    from fact window w as (partition by source order by seq)
  )
  select source, seq, "isBroken" from (
    select source, seq, lead(seq) over (order by source, seq) is null as is_last,
           (seq = 1 and prev is not null) or coalesce(seq = seq_before + 1 and prev is distinct from
             rtrim(translate(encode(hash_before, 'base64'), '+/', '-_'), '='), false) as "isBroken"
    from linked
  ) checked
  where "isBroken" or is_last
  order by source, seq`;

async function findBrokenChain(db: Queryable): Promise<BrokenSeal | null> {
  let after = beginning;
  for (;;) {
    // The last fact of a page is read again: the next one follows it.
    const { rows } = await db.query<Place & { isBroken: boolean }>(chainStatement, [
      after.source,
      after.seq,
      limits.factsPerRead,
    ]);
    const broken = rows.find(({ isBroken }) => isBroken);
    if (broken !== undefined) {
      const { source, seq } = broken;
      return { source, seq, problem: 'The fact does not follow the one before it.' };
    }
    const last = rows.at(-1);
    if (last === undefined || (last.source === after.source && last.seq === after.seq)) return null;
    after = last;
  }
}

interface SealRow extends Place {
  readonly hash: Buffer;
  readonly sig: Buffer;
  readonly publicKey: string | null;
  readonly stands: boolean;
}

async function findBrokenSeal(db: Queryable): Promise<BrokenSeal | null> {
  let after = beginning;
  for (;;) {
    const { rows } = await db.query<SealRow>(
      `select s.source, s.seq, s.hash, s.sig, k.public_key as "publicKey",
              exists (select from log l
                where l.source = s.source and l.seq = s.seq and l.hash = s.hash)
              or exists (select from quarantine q
                where q.source = s.source and q.seq = s.seq and q.settled) as stands
       from seal s left join terminal_source k using (source)
       where (s.source, s.seq) > ($1, $2::bigint) order by s.source, s.seq limit $3`,
      [after.source, after.seq, limits.sealsPerRead],
    );
    for (const row of rows) {
      const problem = problemOf(row);
      if (problem !== null) return { source: row.source, seq: row.seq, problem };
    }
    const last = rows.at(-1);
    if (last === undefined) return null;
    after = last;
  }
}

function problemOf({ source, seq, hash: sealed, sig, publicKey, stands }: SealRow): string | null {
  if (!stands) return 'The fact that was sealed is not the one that stands there.';
  if (publicKey === null) return 'It is sealed, and no such device was ever enrolled.';
  const key = Buffer.from(publicKey, 'base64url');
  if (hash('sha256', key, 'base64url') !== source) return 'The device’s key is another one.';
  const text = Buffer.from(sealText(source, seq, sealed.toString('base64url')));
  const publicObject = createPublicKey({ key, format: 'der', type: 'spki' });
  const holds = verify('sha256', text, { key: publicObject, dsaEncoding: 'ieee-p1363' }, sig);
  return holds ? null : 'The seal is not the device’s signature over that fact.';
}
