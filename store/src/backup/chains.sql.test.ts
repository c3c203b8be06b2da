import { createPrivateKey, generateKeyPairSync, hash, sign, type KeyObject } from 'node:crypto';
import { sealText } from '@sightline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendAudit, verifyAudit } from '#access/audit.ts';
import { appendBatch } from '#log/append-batch.ts';
import { createTerminals } from '#terminals/terminals.ts';
import { engines } from '#testing/engines.ts';
import { entryOf, makeChain } from '#testing/make-chain.ts';
import type { TestStore } from '#testing.ts';
import { explainAuditBreak } from './explain-audit-break.ts';
import { verifySeals } from './verify-seals.ts';

const now = Temporal.Instant.from('2026-11-26T04:00:00Z');
const region = '540235100001';

/** A device with a key of its own, enrolled in the register. */
async function enrolDevice({ pool }: TestStore): Promise<{ source: string; key: KeyObject }> {
  const pair = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  const source = hash('sha256', pair.publicKey, 'base64url');
  const publicKey = pair.publicKey.toString('base64url');
  await pool.query(
    `insert into terminal_source (source, terminal_id, public_key, enrolled_at, revoked_at)
     values ($1, $2, $3, now(), now())`,
    [source, `t-${region}`, publicKey],
  );
  return { source, key: createPrivateKey({ key: pair.privateKey, format: 'der', type: 'pkcs8' }) };
}

/** Three chained facts of the device, sealed at the last by its own key. */
async function appendSealed(
  store: TestStore,
  { source, key }: { readonly source: string; readonly key: KeyObject },
): Promise<void> {
  let prev: string | null = null;
  const entries = makeChain('any')
    .next(3)
    .map(({ fact }) => {
      const entry = entryOf({ ...fact, source, prev });
      prev = entry.hash;
      return entry;
    });
  const last = entries.at(-1);
  if (last === undefined) throw new Error('There are three.');
  const text = Buffer.from(sealText(source, 3, last.hash));
  const sig = sign('sha256', text, { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  const head = { source, seq: 3, hash: last.hash };
  await appendBatch(store, { entries, heads: [head], seals: [{ ...head, sig }] });
}

describe.each(engines)('the chains of $name', ({ open }) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await open();
    await createTerminals(store, [{ terminalId: `t-${region}`, region, simulated: true }]);
  }, 120_000);
  afterAll(() => store[Symbol.asyncDispose]());

  test('a device’s seals prove its facts; a changed seal, fact or key is named', async () => {
    const device = await enrolDevice(store);
    await appendSealed(store, device);
    await appendSealed(store, await enrolDevice(store));
    expect(await verifySeals(store)).toBeNull();
    const { source } = device;
    const broken = async (change: string, back: string) => {
      await store.pool.query(change, [source]);
      const found = await verifySeals(store);
      await store.pool.query(back, [source]);
      expect(await verifySeals(store)).toBeNull();
      return found;
    };
    expect(
      await broken(
        `update seal set sig = set_byte(sig, 9, get_byte(sig, 9) # 1) where source = $1`,
        `update seal set sig = set_byte(sig, 9, get_byte(sig, 9) # 1) where source = $1`,
      ),
    ).toMatchObject({ source, seq: 3, problem: expect.stringContaining('not the device’s') });
    expect(
      await broken(
        `update log set hash = set_byte(hash, 0, get_byte(hash, 0) # 1) where source = $1 and seq = 3`,
        `update log set hash = set_byte(hash, 0, get_byte(hash, 0) # 1) where source = $1 and seq = 3`,
      ),
    ).toMatchObject({
      source,
      seq: 3,
      problem: expect.stringContaining('not the one that stands'),
    });
    expect(
      await broken(
        `update log set hash = set_byte(hash, 0, get_byte(hash, 0) # 1) where source = $1 and seq = 1`,
        `update log set hash = set_byte(hash, 0, get_byte(hash, 0) # 1) where source = $1 and seq = 1`,
      ),
    ).toMatchObject({ source, seq: 2, problem: expect.stringContaining('does not follow') });
  });

  test('a broken audit row says what was expected there and what is there', async () => {
    const entry = { who: 'system:test', what: 't', region, purpose: 'p', subject: null };
    for (let index = 0; index < 5; index += 1) await appendAudit(store.pool, { entry, now });
    await store.pool.query('alter table audit disable trigger user');
    const broken = async (change: string, back: string) => {
      await store.pool.query(change);
      const { brokenAt } = await verifyAudit(store.pool);
      const found = brokenAt === null ? null : await explainAuditBreak(store.pool, brokenAt);
      await store.pool.query(back);
      expect((await verifyAudit(store.pool)).brokenAt).toBeNull();
      return found;
    };
    const hash64 = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(
      await broken(
        `update audit set body = replace(body, '"p"', '"q"') where seq = 3`,
        `update audit set body = replace(body, '"q"', '"p"') where seq = 3`,
      ),
    ).toMatchObject({
      seq: 3,
      expected: hash64,
      found: hash64,
      problem: expect.stringMatching(/was changed/),
    });
    expect(
      await broken(
        `update audit set who = 'system:other' where seq = 2`,
        `update audit set who = 'system:test' where seq = 2`,
      ),
    ).toMatchObject({
      seq: 2,
      found: 'system:other',
      problem: expect.stringMatching(/column who does not say/),
    });
    expect(
      await broken(
        'update audit set seq = 99 where seq = 4',
        'update audit set seq = 4 where seq = 99',
      ),
    ).toMatchObject({ seq: 4, found: 'row 5', problem: 'It is missing.' });
    expect(
      await broken(
        `update audit set prev = set_byte(prev, 0, get_byte(prev, 0) # 1) where seq = 5`,
        `update audit set prev = set_byte(prev, 0, get_byte(prev, 0) # 1) where seq = 5`,
      ),
    ).toMatchObject({
      seq: 5,
      expected: hash64,
      found: hash64,
      problem: expect.stringMatching(/does not follow/),
    });
    expect(await explainAuditBreak(store.pool, 6)).toMatchObject({
      problem: expect.stringMatching(/cut off/),
      found: '',
    });
  });
});
