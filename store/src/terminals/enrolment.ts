import { createHash, randomBytes } from 'node:crypto';
import { refuse, type EnrolReply, type Refusal } from '@sightline/contracts';
import { inTransaction } from '#engine/in-transaction.ts';
import type { Client, Queryable, Store } from '#engine/store.ts';
import { limits } from '#limits.ts';
import { appendCentreFacts } from '#log/append-centre-facts.ts';
import { settleCourses } from '#course/settle-courses.ts';

/** No letter that is taken for another: Crockford's base 32. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 12;

/**
 * A single-use code (60 random bits, XXXX-XXXX-XXXX) with which one device may become that terminal,
 * good for 24 hours. Codes given out earlier for it and not used end. Throws on an unknown terminal.
 * Only its hash is stored. `now`: ISO instant.
 */
export async function issueEnrolmentCode(
  db: Queryable,
  terminalId: string,
  now: string,
): Promise<string> {
  const codes = await issueEnrolmentCodes(db, [terminalId], now);
  return codes.get(terminalId) ?? '';
}

/** Codes for many terminals at once, by terminal id. Throws when one of them does not exist. */
export async function issueEnrolmentCodes(
  db: Queryable,
  terminalIds: readonly string[],
  now: string,
): Promise<Map<string, string>> {
  const codes = new Map(terminalIds.map((terminalId) => [terminalId, makeCode()]));
  const { rows } = await db.query<{ terminalId: string }>(
    `with ended as (delete from enrolment_code where terminal_id = any ($1) and used_at is null)
     insert into enrolment_code (terminal_id, code_hash, issued_at, expires_at)
     select t.terminal_id, e.hash, $3::timestamptz, $3::timestamptz + make_interval(hours => $4)
     from unnest($1::text[], $2::bytea[]) as e (id, hash) join terminal t on t.terminal_id = e.id
     returning terminal_id as "terminalId"`,
    [[...codes.keys()], [...codes.values()].map(hashOfCode), now, limits.enrolmentCodeHours],
  );
  const known = new Set(rows.map((row) => row.terminalId));
  const unknown = terminalIds.find((terminalId) => !known.has(terminalId));
  if (unknown !== undefined) throw new Error(`There is no terminal ${unknown}.`);
  return codes;
}

export interface EnrolSource {
  /** As typed: case, spaces and dashes do not matter. */
  readonly code: string;
  /** SPKI DER, base64url. */
  readonly publicKey: string;
  /** The source: SHA-256 of the public key, base64url. */
  readonly fingerprint: string;
  /** ISO instant. */
  readonly now: string;
}

/**
 * A device key becomes a source of the code's terminal; `terminal.enrolled` is appended in the same
 * transaction, the terminal's earlier key is revoked, and what its region was assigned before reaches it. The same key with the same code again gets
 * the same answer, so a lost reply does no harm. The caller has checked the proof of possession.
 */
export function enrolSource(store: Store, request: EnrolSource): Promise<EnrolReply | Refusal> {
  return inTransaction(store, async (client) => {
    const code = await holdCode(client, request.code);
    if (code === null) {
      return refuse('unknown-code', 'This code is not known. Make a new one on the console.');
    }
    const reply: EnrolReply = {
      terminalId: code.terminalId,
      region: code.region,
      source: request.fingerprint,
      simulated: code.simulated,
    };
    if (code.usedBy === request.fingerprint) return reply;
    if (code.usedBy !== null) {
      return refuse('used-code', 'This code was used already. Make a new one on the console.');
    }
    if (code.expiresAt < request.now) {
      return refuse(
        'expired-code',
        `This code ended at ${code.expiresAt}. Make a new one on the console.`,
      );
    }
    if (!(await addSource(client, code, request))) {
      return refuse(
        'known-key',
        'This device key was enrolled before. Let the device make a new key and enrol again.',
      );
    }
    const now = Temporal.Instant.from(request.now);
    await settleCourses(client, { regions: [reply.region], now });
    await appendEnrolled(client, reply, request.now);
    return reply;
  });
}

interface HeldCode {
  readonly codeHash: Buffer;
  readonly terminalId: string;
  readonly region: string;
  readonly simulated: boolean;
  readonly usedBy: string | null;
  readonly expiresAt: string;
}

async function holdCode(client: Client, code: string): Promise<HeldCode | null> {
  const { rows } = await client.query<HeldCode>(
    `select c.code_hash as "codeHash", t.terminal_id as "terminalId", t.region, t.simulated,
            c.used_by as "usedBy", c.expires_at as "expiresAt"
     from enrolment_code c join terminal t using (terminal_id)
     where c.code_hash = $1 for update of t, c`,
    [hashOfCode(code)],
  );
  return rows[0] ?? null;
}

/** False when that key stands there already: under another terminal, or revoked. */
async function addSource(client: Client, code: HeldCode, request: EnrolSource): Promise<boolean> {
  const known = await client.query('select from terminal_source where source = $1', [
    request.fingerprint,
  ]);
  if (known.rowCount !== 0) return false;
  const { rows } = await client.query<{ source: string }>(
    `update terminal_source set revoked_at = $2
     where terminal_id = $1 and revoked_at is null returning source`,
    [code.terminalId, request.now],
  );
  for (const { source } of rows) await client.query(`select pg_notify('revoked', $1)`, [source]);
  await client.query(
    `insert into terminal_source (source, terminal_id, public_key, enrolled_at)
     values ($1, $2, $3, $4)`,
    [request.fingerprint, code.terminalId, request.publicKey, request.now],
  );
  await client.query('update enrolment_code set used_at = $2, used_by = $3 where code_hash = $1', [
    code.codeHash,
    request.now,
    request.fingerprint,
  ]);
  return true;
}

async function appendEnrolled(client: Client, reply: EnrolReply, now: string): Promise<void> {
  await appendCentreFacts(client, [
    {
      at: now,
      region: reply.region,
      stream: `terminal/${reply.region}/${reply.terminalId}`,
      type: 'terminal.enrolled',
      world: 'actual',
      actor: `terminal:${reply.terminalId}`,
      data: { terminalId: reply.terminalId, source: reply.source, simulated: reply.simulated },
    },
  ]);
}

function makeCode(): string {
  const letters = [...randomBytes(codeLength)].map((byte) => alphabet[byte % alphabet.length]);
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

function hashOfCode(code: string): Buffer {
  const read = code
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return createHash('sha256').update(`sightline enrolment code v1\n${read}`).digest();
}
