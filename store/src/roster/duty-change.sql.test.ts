import { randomUUID } from 'node:crypto';
import {
  shiftChangeLimits,
  shiftChangeStream,
  type FactData,
  type Refusal,
  type ShiftAnswer,
} from '@sightline/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { appendAudit } from '#access/audit.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import { TestSource, type TestFact } from '#live/testing-facts.ts';
import { catchUp, rebuild } from '#log/projector.ts';
import { addPeople } from '#register/add-people.ts';
import { seedDivisions } from '#register/divisions.ts';
import { readDesired } from '#terminals/desired.ts';
import { createTerminals } from '#terminals/terminals.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { dutyChangeProjection } from './duty-change-projection.ts';
import { appendDutyChange, holdDutyChange, listDutyChanges } from './duty-change.ts';
import { refreshAllTerminals } from './refresh-all-terminals.ts';

const [village, elsewhere] = ['540235100201', '540235100202'];
const here = `${village}-1`;
const [holder, other, stranger] = [randomUUID(), randomUUID(), randomUUID()];
const noon = Temporal.Instant.from('2026-11-23T04:00:00.000Z');
const actor = 'account:1';
const duty = { post: 'watch', day: '2026-11-24', span: 'full' } as const;

describe.each(engines)('shift changes on $name', ({ open }) => {
  let store: TestStore;
  let source: TestSource;
  beforeAll(async () => {
    store = await open();
    await seedDivisions(store.pool);
    const people = [holder, other].map((personId) => ({
      personId,
      region: village,
      name: '扎西',
      post: '',
    }));
    expect(await addPeople(store, people, { now: noon, actor })).toBeNull();
    await createTerminals(store, [{ terminalId: here, region: village, simulated: false }]);
  }, 60_000);
  afterAll(() => store[Symbol.asyncDispose]());
  beforeEach(async () => {
    await store.pool.query(
      'truncate log, log_batch, projection_cursor, duty_change, duty_change_word',
    );
    source = new TestSource();
  });

  type Said = 'shift-change.asked' | 'shift-change.agreed' | 'shift-change.decided';
  const say = <T extends Said>(
    changeId: string,
    type: T,
    data: FactData<T>,
  ): Promise<Refusal | null> =>
    inTransaction(store, async (client) => {
      const { seenPosition } = await holdDutyChange(client, changeId);
      const change = { now: noon, actor, seenPosition };
      return appendDutyChange(client, { region: village, changeId, type, data }, change);
    });
  const ask = async (kind: 'leave' | 'take-over' = 'leave'): Promise<string> => {
    const changeId = randomUUID();
    const asked = { kind, changeId, personId: holder, duty, otherId: other } as const;
    expect(await say(changeId, 'shift-change.asked', { ask: asked, saidBy: 'console' })).toBeNull();
    return changeId;
  };
  const decide = (changeId: string, decision: 'approved' | 'refused' | 'withdrawn') =>
    say(changeId, 'shift-change.decided', { changeId, decision });
  const answered = (changeId: string, personId: string, answer: ShiftAnswer): TestFact => ({
    region: village,
    type: 'shift-change.answered',
    at: '2026-11-23T05:00:00.000Z',
    stream: shiftChangeStream(village, changeId),
    data: { changeId, personId, terminalId: here, answer, method: 'pin' },
  });
  const project = async (...facts: readonly TestFact[]): Promise<void> => {
    if (facts.length > 0) await source.append(store, facts);
    await catchUp(store, [dutyChangeProjection]);
  };
  const list = async () => {
    const entry = { who: 'system:test', what: 'shift-changes.read', region: village };
    const receipt = await appendAudit(store.pool, {
      entry: { ...entry, purpose: 'roster-upkeep', subject: null },
      now: noon,
    });
    const page = { scope: village, onlyOpen: false, before: null, limit: 50 };
    return listDutyChanges(store.pool, receipt, page);
  };
  const told = async () => (await readDesired(store.pool, here))?.shiftChanges ?? [];
  const refresh = (days: number) =>
    refreshAllTerminals(store, {
      now: () => noon.add({ hours: 24 * days }),
      signal: new AbortController().signal,
    });

  test('the asked one’s own yes is that side’s word, with its way and place; the asker’s confirms theirs', async () => {
    const changeId = await ask();
    await project(answered(changeId, holder, 'agreed'));
    expect(await list()).toMatchObject([{ state: 'asked', words: [{ personId: holder }] }]);
    await project(answered(changeId, other, 'agreed'), answered(changeId, other, 'declined'));
    const [found] = await list();
    expect(found).toMatchObject({ state: 'agreed', agreedSaidBy: 'kiosk' });
    expect(found?.words[1]).toEqual({
      personId: other,
      answer: 'agreed',
      method: 'pin',
      at: '2026-11-23T05:00:00.000Z',
      receivedAt: expect.any(String),
      terminalId: here,
      isLate: false,
    });
    expect(await decide(changeId, 'approved')).toBeNull();
    expect(await list()).toMatchObject([{ state: 'approved' }]);
  });

  test('a take-over asks the holder; a no of either, also after an officer noted a yes, cannot be approved over', async () => {
    const first = await ask('take-over');
    await project(answered(first, other, 'agreed'));
    expect(await list()).toMatchObject([{ state: 'asked' }]);
    await project(answered(first, holder, 'agreed'));
    expect(await list()).toMatchObject([{ state: 'agreed' }]);
    const second = await ask();
    await say(second, 'shift-change.agreed', { changeId: second, saidBy: 'console' });
    await project(answered(second, other, 'declined'));
    expect((await list())[0]).toMatchObject({ state: 'declined', agreedSaidBy: 'console' });
    // What the domain refuses, the projection would not believe either.
    await decide(second, 'approved');
    await project();
    expect((await list())[0]).toMatchObject({ state: 'declined', decidedAt: null });
    expect(await decide(second, 'refused')).toBeNull();
    expect((await list())[0]).toMatchObject({ state: 'refused' });
  });

  test('an answer that comes after the end changes nothing and is late; a stranger’s or another village’s is none', async () => {
    const changeId = await ask();
    await project(
      answered(changeId, stranger, 'agreed'),
      { ...answered(changeId, other, 'agreed'), region: elsewhere },
      answered(randomUUID(), other, 'agreed'),
    );
    expect(await list()).toMatchObject([{ state: 'asked', words: [] }]);
    expect(await decide(changeId, 'withdrawn')).toBeNull();
    await project(answered(changeId, other, 'declined'));
    expect(await list()).toMatchObject([
      { state: 'withdrawn', agreedAt: null, words: [{ answer: 'declined', isLate: true }] },
    ]);
    const tables = async () =>
      (
        await store.pool.query(
          `select c.*, w.* from duty_change c left join duty_change_word w using (change_id)
           order by c.change_id, w.person_id`,
        )
      ).rows;
    const before = await tables();
    await rebuild(store, dutyChangeProjection);
    await project();
    expect(await tables()).toEqual(before);
  });

  test('the centre does not decide over an answer that is in the log and not projected yet', async () => {
    const changeId = await ask();
    await say(changeId, 'shift-change.agreed', { changeId, saidBy: 'console' });
    await source.append(store, [answered(changeId, other, 'declined')]);
    expect(await decide(changeId, 'approved')).toMatchObject({ code: 'conflict' });
    await project();
    expect(await list()).toMatchObject([{ state: 'declined' }]);
  });

  test('the terminal is told what waits for its own people, and what ended some days ago, never more than its ceiling', async () => {
    const first = await ask();
    expect(await told()).toMatchObject([{ ask: { changeId: first }, state: 'asked', answers: [] }]);
    await project(answered(first, other, 'agreed'));
    await decide(first, 'approved');
    await project(answered(first, holder, 'agreed'));
    expect(await told()).toEqual([
      {
        ask: { kind: 'leave', changeId: first, personId: holder, duty, otherId: other },
        askedAt: '2026-11-23T04:00:00.000Z',
        state: 'approved',
        answers: [{ personId: other, answer: 'agreed', at: '2026-11-23T05:00:00.000Z' }],
      },
    ]);
    await refresh(shiftChangeLimits.endedDays - 1);
    const { version } = (await readDesired(store.pool, here)) ?? {};
    await refresh(shiftChangeLimits.endedDays - 1);
    // What says so already keeps its version.
    expect((await readDesired(store.pool, here))?.version).toBe(version);
    await refresh(shiftChangeLimits.endedDays + 1);
    expect(await told()).toEqual([]);
    for (let n = 0; n <= shiftChangeLimits.perTerminal; n += 1) await ask();
    expect(await told()).toHaveLength(shiftChangeLimits.perTerminal);
    const changeId = randomUUID();
    const data = { kind: 'leave', changeId, personId: holder, duty, otherId: stranger } as const;
    await say(changeId, 'shift-change.asked', { ask: data, saidBy: 'console' });
    expect((await told()).map(({ ask: { otherId } }) => otherId)).not.toContain(stranger);
  });
});
