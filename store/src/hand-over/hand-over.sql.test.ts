import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { appendAudit } from '#access/audit.ts';
import { eraseComplaintTexts } from '#complaint/erase-complaint-texts.ts';
import { refreshNotices } from '#complaint/refresh-notices.ts';
import { TestSource, type TestFact } from '#live/testing-facts.ts';
import { catchUp, rebuild } from '#log/projector.ts';
import { addPeople, factInstant } from '#register/add-people.ts';
import { seedDivisions } from '#register/divisions.ts';
import { openSealedTexts } from '#seal/open-sealed-texts.ts';
import { sealForTests } from '#seal/testing-seal.ts';
import { readDesired } from '#terminals/desired.ts';
import { createTerminals } from '#terminals/terminals.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { eraseHandOverTexts } from './erase-hand-over-texts.ts';
import { handOverProjection } from './hand-over-projection.ts';
import { listHandOvers } from './list-hand-overs.ts';

const village = '540235100201';
const here = `${village}-1`;
const now = Temporal.Instant.from('2026-11-23T11:30:00.000Z');
const later = (hours: number) => now.add({ hours });
const [day, night, nextDay] = ['2026-11-23/day', '2026-11-23/night', '2026-11-24/day'] as const;

describe.each(engines)('hand-overs on $name', ({ open }) => {
  let store: TestStore;
  let source: TestSource;
  const [ann, bo] = [randomUUID(), randomUUID()];
  beforeAll(async () => {
    store = await open();
    await seedDivisions(store.pool);
    const people = [ann, bo].map((personId, i) => ({
      personId,
      region: village,
      name: ['扎西', '央金'][i] ?? '',
      post: '',
    }));
    await addPeople(store, people, { now, actor: 'system:test' });
  });
  afterAll(() => store[Symbol.asyncDispose]());
  beforeEach(async () => {
    await store.pool.query(
      `truncate log, log_batch, projection_cursor, terminal, hand_over_item, hand_over_text cascade`,
    );
    source = new TestSource();
    await createTerminals(store, [{ terminalId: here, region: village, simulated: false }]);
    await store.pool.query(
      `insert into terminal_source (source, terminal_id, public_key, enrolled_at) values ($1, $2, '', $3)`,
      [source.source, here, now.toString()],
    );
  });

  const project = async (...facts: readonly TestFact[]): Promise<void> => {
    await source.append(store, facts);
    await catchUp(store, [handOverProjection]);
  };
  const fact = (type: TestFact['type'], data: TestFact['data'], hours = 0): TestFact => ({
    region: village,
    type,
    at: factInstant(later(hours)),
    data: { terminalId: here, ...data },
  });
  const left = (itemId: string, more: Record<string, unknown> = {}) =>
    fact('hand-over.left', {
      itemId,
      shift: day,
      personId: ann,
      sentences: ['water-rising'],
      ...more,
    });
  const accepted = (itemId: string, shift: string, more: Record<string, unknown> = {}) =>
    fact('hand-over.accepted', { itemId, shift, personId: bo, ...more }, 1);
  const done = (itemId: string) => fact('hand-over.done', { itemId, personId: bo }, 2);
  const list = async (onlyOpen: boolean, from: number | null = null, limit = 50) => {
    const entry = { who: 'system:test', what: 'hand-overs.read', region: village };
    const asked = { ...entry, purpose: 'duty-watch', subject: null };
    const receipt = await appendAudit(store.pool, { entry: asked, now });
    return listHandOvers(store.pool, receipt, { scope: '5402', onlyOpen, limit, from });
  };
  const whole = async () =>
    (await store.pool.query('select * from hand_over_item order by item_id')).rows;

  test('an item goes from shift to shift until it is done, with names; rebuilt, the table is equal', async () => {
    const id = randomUUID();
    await project(left(id, { voice: { seconds: 12, sha256: 'a'.repeat(64) } }), done(id));
    expect(await list(true)).toMatchObject([
      { itemId: id, state: 'left', leftBy: '扎西', voiceSeconds: 12, text: null, gone: null },
    ]);
    await project(accepted(id, night), accepted(id, night, { personId: ann }));
    expect(await list(true)).toMatchObject([{ state: 'accepted', acceptedBy: '央金' }]);
    await project(accepted(id, nextDay, { personId: ann }));
    expect(await list(true)).toMatchObject([{ acceptedBy: '扎西' }]);
    await project(done(id), accepted(id, '2026-11-24/night'), left(id, { sentences: [] }));
    expect(await list(true)).toEqual([]);
    expect(await list(false)).toMatchObject([
      { state: 'done', doneBy: '央金', sentences: ['water-rising'], acceptedBy: '扎西' },
    ]);
    const before = await whole();
    await rebuild(store, handOverProjection);
    expect(await whole()).toEqual(before);
  });

  test('another terminal neither accepts nor finishes it, and names of another village are not told', async () => {
    const id = randomUUID();
    await project(left(id, { personId: randomUUID() }));
    await project(accepted(id, night, { terminalId: `${village}-2` }), done(id));
    expect(await list(true)).toMatchObject([{ state: 'left', leftBy: null }]);
  });

  test('open items come the oldest first, page by page, all of them the newest first', async () => {
    const ids = Array.from({ length: 5 }, () => randomUUID());
    await project(...ids.map((id) => left(id)));
    const first = await list(true, null, 3);
    const rest = await list(true, first.at(-1)?.position ?? null, 3);
    expect([...first, ...rest].map(({ itemId }) => itemId)).toEqual(ids);
    expect((await list(false)).map(({ itemId }) => itemId)).toEqual(ids.toReversed());
  });

  test('own words are opened once into a row that can be erased, their key is replaced, and a complaint’s seal opens as none', async () => {
    const refresh = { now, answerDays: 7, readingMinutes: 15 };
    await refreshNotices(store, refresh);
    const key = (await readDesired(store.pool, here))?.complaints?.key;
    if (key === undefined) throw new Error('The terminal was given no key.');
    const publicKey = Buffer.from(key.publicKey, 'base64url');
    const [id, odd] = [randomUUID(), randomUUID()];
    const text = JSON.stringify({ text: '桥头水位高' });
    const sealed = sealForTests({ kind: 'hand-over', id }, text, publicKey);
    const foreign = sealForTests({ kind: 'complaint', id: odd }, text, publicKey);
    await project(
      left(id, { sealed: { keyId: key.keyId, ...sealed } }),
      left(odd, { sealed: { keyId: key.keyId, ...foreign } }),
    );
    expect(await list(true)).toMatchObject([{ gone: 'not-opened' }, { gone: 'not-opened' }]);
    expect(await openSealedTexts(store)).toBe(2);
    expect(await openSealedTexts(store)).toBe(0);
    expect(await list(true)).toMatchObject([
      { text: '桥头水位高', gone: null },
      { text: null, gone: 'unreadable' },
    ]);
    expect(await refreshNotices(store, refresh)).toBe(1);
    expect(await refreshNotices(store, refresh)).toBe(0);
    expect((await readDesired(store.pool, here))?.complaints?.key.keyId).not.toBe(key.keyId);

    expect(await eraseHandOverTexts(store, { textDays: 180, now: later(24 * 179) })).toBe(0);
    expect(await eraseHandOverTexts(store, { textDays: 180, now: later(24 * 181) })).toBe(2);
    expect(await openSealedTexts(store)).toBe(0);
    expect(await list(true)).toMatchObject([{ text: null, gone: 'erased' }, {}]);
    // The log's copy cannot be opened any more either.
    const keys = { textDays: 180, keyDays: 60 };
    expect((await eraseComplaintTexts(store, keys, later(24 * 61))).keys).toBe(1);
    await store.pool.query('delete from hand_over_text');
    await openSealedTexts(store);
    expect(await list(true)).toMatchObject([{ gone: 'unreadable' }, {}]);
  });
});
