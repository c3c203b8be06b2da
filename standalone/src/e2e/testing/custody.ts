import { createPublicKey, hash, verify } from 'node:crypto';
import { emptyHead, follow, parseFact, sealText, type Fact } from '@sightline/contracts';
import { listQuarantine, openStore, verifyCustody, type Store } from '@sightline/store';

/** A view of the database beside everybody else's. */
export function openReader(databaseUrl: string): Promise<Store> {
  return openStore({ databaseUrl, applicationName: 'sightline-e2e', poolSize: 2 });
}

export interface StoredFact {
  readonly fact: Fact;
  readonly hash: string;
  readonly body: string;
}

/** A source's facts as committed. Throws where its chain breaks or its newest seal does not hold. */
export async function readSource(store: Store, source: string): Promise<StoredFact[]> {
  const { rows } = await store.pool.query<{ body: string }>(
    'select body from log where source = $1 order by position',
    [source],
  );
  const quarantined = (await listQuarantine(store.pool, '5402', { limit: 3 }))
    .map(({ seq, reason, message }) => `Quarantine ${seq}: ${reason}, ${message}`)
    .join(' ');
  let head = emptyHead;
  const facts = rows.map(({ body }) => {
    const fact = parseFact(body);
    if ('problem' in fact) throw new Error(fact.problem);
    const ownHash = hash('sha256', body, 'base64url');
    const next = follow(head, fact, ownHash);
    if (next === null) {
      throw new Error(`Fact ${fact.seq} of ${source} does not follow ${head.seq}. ${quarantined}`);
    }
    head = next;
    return { fact, hash: ownHash, body };
  });
  await requireSealed(store, source, facts);
  return facts;
}

/** Every fact stands at or before a seal that the terminal's own key signed. */
async function requireSealed(
  store: Store,
  source: string,
  facts: readonly StoredFact[],
): Promise<void> {
  const { rows } = await store.pool.query<{ seq: number; hash: Buffer; sig: Buffer; key: string }>(
    `select s.seq, s.hash, s.sig, t.public_key as key
     from seal s join terminal_source t using (source) 
     where s.source = $1 and s.seq <= $2 order by s.seq`,
    [source, facts.length], // A later one seals facts that came after we read.
  );
  for (const { seq, hash: sealed, sig, key } of rows) {
    const der = Buffer.from(key, 'base64url');
    const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const text = sealText(source, seq, sealed.toString('base64url'));
    const isSigned = verify(
      'sha256',
      Buffer.from(text),
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      sig,
    );
    if (!isSigned) throw new Error(`The seal ${seq} of ${source} is not signed by its key.`);
    if (facts[seq - 1]?.hash !== sealed.toString('base64url')) {
      throw new Error(`The seal ${seq} of ${source} seals another fact.`);
    }
  }
  const last = rows.at(-1)?.seq ?? 0;
  if (last < facts.length) throw new Error(`Facts after ${last} of ${source} have no seal.`);
}

/** Throws at the first place where the log is not what was once committed. */
export async function requireCustody(store: Store): Promise<void> {
  const broken = await verifyCustody(store);
  if (broken !== null) throw new Error(`${broken.problem} (${broken.first}–${broken.last})`);
}
