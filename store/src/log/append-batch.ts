import { queryableOf, type Queryable, type Store } from '#engine/store.ts';
import { limits } from '#limits.ts';
import type { Conflict, HeadUpdate, LogEntry, SealRow } from './log-entry.ts';

export interface Batch {
  /** In the order they shall stand in the log; each source's own facts in the order of seq. */
  readonly entries: readonly LogEntry[];
  readonly heads: readonly HeadUpdate[];
  readonly seals: readonly SealRow[];
}

/** `first` and `last` position of what is new, null when everything stood there already. */
export interface Appended {
  readonly first: number | null;
  readonly last: number | null;
  /** How many facts are new; the others were duplicates or belong to a source in `conflicts`. */
  readonly facts: number;
  /** Nothing of these sources was taken: not the facts, not the head, not the seals. */
  readonly conflicts: readonly Conflict[];
}

const statement = `select first, last, facts, conflicts from append_facts(
  $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`;

/**
 * Appends facts, heads and seals in one transaction and one round trip; resolves when it is durable.
 * A fact that stands there already with the same hash is fine. Given a client inside a transaction
 * it takes part in that one (and holds the append lock until its end). Throws when the database is
 * away or a row cannot be stored; nothing of the batch is then kept, so the caller may bisect.
 */
export async function appendBatch(db: Store | Queryable, batch: Batch): Promise<Appended> {
  if (batch.entries.length > limits.centreFactsPerAppend) {
    throw new Error(
      `${batch.entries.length} facts in one append; ${limits.centreFactsPerAppend} are allowed.`,
    );
  }
  const { rows } = await queryableOf(db).query<AppendRow>({
    name: 'append-facts',
    text: statement,
    values: [
      ...entryColumns(batch.entries),
      ...headColumns(batch.heads),
      ...sealColumns(batch.seals),
    ],
  });
  const row = rows[0];
  if (row === undefined) throw new Error('append_facts answered nothing.');
  return { ...row, conflicts: (row.conflicts ?? []).map(withBase64Hash) };
}

interface AppendRow {
  readonly first: number | null;
  readonly last: number | null;
  readonly facts: number;
  readonly conflicts: Conflict[] | null;
}

type Column = string | Buffer;

function entryColumns(entries: readonly LogEntry[]): Column[] {
  return [
    entries.map((entry) => entry.body).join('\n'),
    bytesOf(entries, (entry) => entry.hash, hashBytes),
    entries.map((entry) => entry.fact.id).join(' '),
    entries.map((entry) => entry.fact.source).join(' '),
    entries.map((entry) => entry.fact.seq).join(' '),
    entries.map((entry) => entry.fact.at).join(' '),
    entries.map((entry) => entry.fact.region).join(' '),
    entries.map((entry) => entry.fact.stream).join(' '),
    entries.map((entry) => entry.fact.type).join(' '),
    entries.map((entry) => entry.fact.world).join(' '),
    entries.map((entry) => entry.fact.actor).join(' '),
  ];
}

function headColumns(heads: readonly HeadUpdate[]): Column[] {
  return [
    heads.map((head) => head.source).join(' '),
    heads.map((head) => head.seq).join(' '),
    bytesOf(heads, (head) => head.hash, hashBytes),
  ];
}

function sealColumns(seals: readonly SealRow[]): Column[] {
  return [
    seals.map((seal) => seal.source).join(' '),
    seals.map((seal) => seal.seq).join(' '),
    bytesOf(seals, (seal) => seal.hash, hashBytes),
    bytesOf(seals, (seal) => seal.sig, signatureBytes),
  ];
}

const hashBytes = 32;
const signatureBytes = 64;

/** All values behind one another, `size` bytes each: one binary parameter, no text in between. */
function bytesOf<T>(rows: readonly T[], read: (row: T) => string, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(rows.length * size);
  for (const [index, row] of rows.entries()) {
    const text = read(row);
    if (bytes.write(text, index * size, size, 'base64url') !== size) {
      throw new Error(`"${text}" is not ${size} bytes of base64url.`);
    }
  }
  return bytes;
}

function withBase64Hash(conflict: Conflict): Conflict {
  return { ...conflict, hash: Buffer.from(conflict.hash, 'hex').toString('base64url') };
}
