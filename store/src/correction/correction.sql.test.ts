import { randomUUID } from 'node:crypto';
import { isRefusal, type FactData, type Refusal } from '@sightline/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { appendAudit } from '#access/audit.ts';
import { currentComplaintKey } from '#complaint/complaint-key.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import { listLedger } from '#ledger/read-ledger.ts';
import { saveVerdicts } from '#ledger/save-verdicts.ts';
import { TestSource, type TestFact } from '#live/testing-facts.ts';
import { catchUp, rebuild } from '#log/projector.ts';
import { openSealedTexts } from '#seal/open-sealed-texts.ts';
import { sealForTests } from '#seal/testing-seal.ts';
import { addPeople } from '#register/add-people.ts';
import { seedDivisions } from '#register/divisions.ts';
import { readDesired } from '#terminals/desired.ts';
import { createTerminals } from '#terminals/terminals.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { appendCorrection, correctionStream, holdCorrections } from './change-correction.ts';
import { correctionProjection } from './correction-projection.ts';
import { eraseAppealTexts } from './erase-appeal-texts.ts';
import { countCorrections, listCorrections } from './read-corrections.ts';

const village = '540235100201';
const here = `${village}-1`;
const personId = randomUUID();
const duty = { post: 'watch', day: '2026-11-23', span: 'day' } as const;
const placed = { region: village, duty };
const noon = Temporal.Instant.from('2026-11-24T04:00:00.000Z');
const starts = Temporal.Instant.from('2026-11-23T00:00:00Z');
const days = { scope: '540235', from: '2026-11-01', to: '2026-11-30' };

describe.each(engines)('corrections on $name', ({ open }) => {
  let store: TestStore;
  let source: TestSource;
  beforeAll(async () => {
    store = await open();
    await createTerminals(store, [{ terminalId: here, region: village, simulated: false }]);
  }, 60_000);
  afterAll(() => store[Symbol.asyncDispose]());
  beforeEach(async () => {
    await store.pool.query(
      `truncate log, log_batch, projection_cursor, duty_correction, duty_correction_text, duty_ledger`,
    );
    source = new TestSource();
  });

  const project = async (...facts: readonly TestFact[]): Promise<void> => {
    if (facts.length > 0) await source.append(store, facts);
    await catchUp(store, [correctionProjection]);
  };
  const appealed = (appealId: string, more: Record<string, unknown> = {}): TestFact => ({
    region: village,
    type: 'duty.appealed',
    at: '2026-11-23T14:00:00.000Z',
    stream: correctionStream(placed),
    data: { appealId, terminalId: here, personId, ...duty, reason: 'not-recognised', ...more },
  });
  const judge = (verdict: 'absent' | 'late') =>
    inTransaction(store, (client) => {
      const late = verdict === 'late';
      const finding = {
        verdict,
        why: null,
        method: late ? ('pin' as const) : null,
        checkedInAt: late ? starts.add({ minutes: 40 }) : null,
        lateMinutes: late ? 40 : null,
        receivedAt: late ? starts.add({ minutes: 41 }) : null,
        simulated: false,
        sampleCamera: false,
      };
      const standing = { ...duty, personId, fallbackId: null, from: starts, owedFrom: starts };
      const judged = [
        { duty: { ...standing, to: starts.add({ hours: 12 }) }, finding, completedAt: null },
      ];
      return saveVerdicts(client, [{ region: village, day: duty.day, judged }], noon);
    });
  const say = <T extends 'correction.asked' | 'correction.decided'>(
    type: T,
    data: FactData<T>,
    actor: string,
  ): Promise<Refusal | null> =>
    inTransaction(store, async (client) => {
      const { seenPosition } = await holdCorrections(client, placed);
      return appendCorrection(
        client,
        { ...placed, type, data },
        { now: noon, actor, seenPosition },
      );
    });
  const propose = (correctionId: string, verdict: 'on-time' | 'late', actor = 'account:1') =>
    say(
      'correction.asked',
      { correctionId, personId, ...duty, original: 'absent', verdict, reason: 'not-recognised' },
      actor,
    );
  const approve = (correctionId: string, actor = 'account:2') =>
    say('correction.decided', { correctionId, ...duty, decision: 'approved' }, actor);
  const audit = () => {
    const entry = { who: 'system:test', what: 'corrections.read', region: village };
    return appendAudit(store.pool, {
      entry: { ...entry, purpose: 'duty-watch', subject: null },
      now: noon,
    });
  };
  const cases = async (onlyOpen = false) =>
    listCorrections(store.pool, await audit(), {
      scope: village,
      onlyOpen,
      limit: 10,
      after: null,
    });
  const row = async () => {
    const page = { ...days, verdict: null, post: null, limit: 10, after: null };
    const [found] = await listLedger(store.pool, await audit(), page);
    return found;
  };
  const originals = async () =>
    (await store.pool.query<{ row: string }>('select l::text as row from duty_ledger l')).rows;
  const wholeTable = async () =>
    (await store.pool.query('select * from duty_correction order by correction_id')).rows;

  test('an approved correction stands beside the finding, whose row is not touched; a later one on top', async () => {
    await judge('absent');
    const before = await originals();
    const [first, second] = [randomUUID(), randomUUID()];
    await project(appealed(first));
    expect(await row()).toMatchObject({ verdict: 'absent', corrected: null, openCase: 'appealed' });
    expect(await propose(first, 'on-time')).toBeNull();
    expect(await approve(first)).toBeNull();
    expect(await row()).toMatchObject({ verdict: 'absent', corrected: 'on-time', openCase: null });
    expect(await propose(second, 'late', 'account:2')).toBeNull();
    expect(await approve(second, 'account:1')).toBeNull();
    expect(await row()).toMatchObject({ verdict: 'absent', corrected: 'late' });
    expect(await originals()).toEqual(before);
    expect(
      (await cases()).map(({ state, verdict, original }) => [state, verdict, original]),
    ).toEqual([
      ['approved', 'late', 'absent'],
      ['approved', 'on-time', 'absent'],
    ]);
    expect(await countCorrections(store.pool, days)).toEqual({
      openCases: 0,
      moved: [{ from: 'absent', to: 'late', duties: 1 }],
    });
  });

  test('the terminal is told where an appeal of its people stands and what two people decided, no words of anybody’s', async () => {
    await seedDivisions(store.pool);
    const person = { personId, region: village, name: '扎西', post: '' };
    expect(await addPeople(store, [person], { now: noon, actor: 'system:test' })).toBeNull();
    const told = async () => (await readDesired(store.pool, here))?.appeals ?? [];
    await judge('absent');
    const [first, second] = [randomUUID(), randomUUID()];
    await project(appealed(first), appealed(second, { personId: randomUUID() }));
    await propose(first, 'on-time');
    const appeal = {
      appealId: first,
      personId,
      duty,
      reason: 'not-recognised',
      at: '2026-11-23T14:00:00.000Z',
    };
    expect(await told()).toEqual([{ ...appeal, state: 'proposed' }]);
    await approve(first);
    const outcome = {
      verdict: 'on-time',
      why: 'not-recognised',
      decidedAt: '2026-11-24T04:00:00.000Z',
    };
    expect(await told()).toEqual([{ ...appeal, state: 'approved', outcome }]);
  });

  test('an appeal of a duty the ledger does not know is kept, and finds its record when that comes', async () => {
    await project(appealed(randomUUID()));
    expect(await cases(true)).toMatchObject([{ state: 'appealed', found: null, gone: null }]);
    await judge('absent');
    expect(await cases(true)).toMatchObject([{ state: 'appealed', found: 'absent' }]);
    // The record goes again: what was said against it stays.
    await inTransaction(store, (client) =>
      saveVerdicts(client, [{ region: village, day: duty.day, judged: [] }], noon),
    );
    expect(await cases(true)).toMatchObject([{ state: 'appealed', found: null }]);
  });

  test('said twice it stands once; a second appeal of the duty is kept beside the open one', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    await project(appealed(first), appealed(first, { reason: 'other' }), appealed(second));
    expect((await cases()).map(({ correctionId, state }) => [correctionId, state])).toEqual([
      [second, 'joined'],
      [first, 'appealed'],
    ]);
    const crooked = { day: '2026-13-77' };
    await project(appealed(randomUUID(), crooked), appealed(randomUUID(), { personId: 'x' }));
    expect(await cases()).toHaveLength(2);
  });

  test('nobody approves what they proposed, not even in the log itself', async () => {
    await judge('absent');
    const id = randomUUID();
    await propose(id, 'on-time', 'account:1');
    await approve(id, 'account:1');
    expect(await cases()).toMatchObject([{ state: 'proposed', decidedBy: null }]);
    const forced = store.pool.query(
      `update duty_correction set state = 'approved', decided_at = now(), decided_by = proposed_by`,
    );
    await expect(forced).rejects.toThrow('duty_correction');
  });

  test('what a terminal said and nobody has seen yet is not decided over', async () => {
    await judge('absent');
    await project();
    await source.append(store, [appealed(randomUUID())]);
    const refused = await propose(randomUUID(), 'on-time');
    expect(isRefusal(refused) ? refused.code : refused).toBe('conflict');
    await project();
    expect(await cases()).toMatchObject([{ state: 'appealed' }]);
  });

  test('dropped and built again from the log, the table is equal', async () => {
    await judge('absent');
    const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
    await project(appealed(first), appealed(second));
    await propose(first, 'on-time');
    await approve(first);
    await propose(third, 'late', 'account:2');
    const before = await wholeTable();
    await rebuild(store, correctionProjection);
    expect(await wholeTable()).toEqual(before);
  });

  test('own words are opened once, from their own table they are erased after their time; the case stays', async () => {
    const id = randomUUID();
    const key = await inTransaction(store, (client) =>
      currentComplaintKey(client, { terminalId: here, now: noon }),
    );
    const sealed = sealForTests(
      { kind: 'appeal', id },
      JSON.stringify({ text: '摄像头没认出我' }),
      Buffer.from(key.publicKey, 'base64url'),
    );
    await project(appealed(id, { sealed: { keyId: key.keyId, ...sealed } }));
    expect(await cases()).toMatchObject([{ text: '', gone: 'not-opened' }]);
    await openSealedTexts(store);
    expect(await cases()).toMatchObject([{ text: '摄像头没认出我', gone: null }]);
    await judge('absent');
    await propose(id, 'on-time');
    await approve(id);
    const erase = (after: number) =>
      eraseAppealTexts(store, { textDays: 180, now: noon.add({ hours: 24 * after }) });
    expect(await erase(179)).toBe(0);
    expect(await erase(181)).toBe(1);
    expect(await openSealedTexts(store)).toBe(0);
    expect(await cases()).toMatchObject([{ state: 'approved', text: '', gone: 'erased' }]);
    // A used key is not used again: it can be destroyed with what it sealed.
    const next = await inTransaction(store, (client) =>
      currentComplaintKey(client, { terminalId: here, now: noon }),
    );
    expect(next.keyId).not.toBe(key.keyId);
  });
});
