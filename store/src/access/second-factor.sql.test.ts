import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { createAccount } from './account.ts';
import { countRecoveryCodes, replaceRecoveryCodes, useRecoveryCode } from './recovery-code.ts';
import {
  confirmFactor,
  findFactor,
  noteCode,
  offerFactor,
  removeFactor,
  takeStep,
} from './second-factor.ts';
import { createSession, raiseSession, revokeSessions, useSession } from './session.ts';

const now = Temporal.Instant.from('2026-11-23T04:00:00.000Z');
const idle = Temporal.Duration.from({ hours: 2 });
const sealed = Buffer.from('sealed');

describe.each(engines)('a second factor on $name', ({ open }) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store[Symbol.asyncDispose]());

  const makeAccount = () =>
    createAccount(store.pool, { roles: ['audit-administrator'], region: '5402', now });

  async function confirmed(): Promise<string> {
    const accountId = await makeAccount();
    await offerFactor(store.pool, { accountId, sealed, now });
    await confirmFactor(store.pool, { accountId, sealed, step: 10, now });
    return accountId;
  }

  test('only a code of the newest offer confirms it, and a confirmed one is not overwritten', async () => {
    const accountId = await makeAccount();
    const newer = Buffer.from('newer');
    expect(await offerFactor(store.pool, { accountId, sealed, now })).toBe(true);
    expect(await offerFactor(store.pool, { accountId, sealed: newer, now })).toBe(true);
    const confirm = (text: Buffer) =>
      confirmFactor(store.pool, { accountId, sealed: text, step: 10, now });
    expect(await confirm(sealed)).toBe(false);
    expect(await takeStep(store.pool, { accountId, step: 11 })).toBe(false);
    expect(await confirm(newer)).toBe(true);
    expect(await confirm(newer)).toBe(false);
    expect(await offerFactor(store.pool, { accountId, sealed, now })).toBe(false);
    expect((await findFactor(store.pool, accountId))?.sealed).toEqual(newer);
  });

  test('a time step opens once, also for many at the same moment, and none before it opens after', async () => {
    const accountId = await confirmed();
    const take = (step: number) => takeStep(store.pool, { accountId, step });
    expect(await take(10)).toBe(false);
    const all = await Promise.all(Array.from({ length: 8 }, () => take(12)));
    expect(all.filter(Boolean)).toHaveLength(1);
    expect(await take(11)).toBe(false);
    expect(await take(13)).toBe(true);
  });

  test('wrong codes add up until a right one', async () => {
    const accountId = await confirmed();
    expect([await noteCode(store.pool, accountId), await noteCode(store.pool, accountId)]).toEqual([
      1, 2,
    ]);
    await takeStep(store.pool, { accountId, step: 20 });
    expect(await noteCode(store.pool, accountId)).toBe(1);
    await replaceRecoveryCodes(store.pool, { accountId, codes: ['A'] });
    await useRecoveryCode(store.pool, { accountId, code: 'A', now });
    expect((await findFactor(store.pool, accountId))?.wrongCodes).toBe(0);
  });

  test('a recovery code opens once, for its own account, and new ones end the old', async () => {
    const [accountId, other] = [await confirmed(), await confirmed()];
    const codes = ['A', 'B', 'C'];
    await replaceRecoveryCodes(store.pool, { accountId, codes });
    const use = (code: string, of = accountId) =>
      useRecoveryCode(store.pool, { accountId: of, code, now });
    expect(await use('A', other)).toBe(false);
    const all = await Promise.all(Array.from({ length: 8 }, () => use('A')));
    expect(all.filter(Boolean)).toHaveLength(1);
    expect(await countRecoveryCodes(store.pool, accountId)).toBe(2);
    await replaceRecoveryCodes(store.pool, { accountId, codes: ['D'] });
    expect([await use('B'), await use('D')]).toEqual([false, true]);
    const { rows } = await store.pool.query('select 1 from recovery_code where code_hash = $1', [
      Buffer.from('D'),
    ]);
    expect(rows).toEqual([]);
  });

  test('a session that rises goes on under a new token; removing the factor takes its proof back', async () => {
    const accountId = await confirmed();
    const lifetime = Temporal.Duration.from({ hours: 3 });
    const opening = { accountId, address: 'a', agent: 'b', now, lifetime };
    const { token, sessionId } = await createSession(store.pool, opening);
    const use = (each: string) => useSession(store.pool, { token: each, now, idle });
    expect(await use(token)).toMatchObject({ isFactorSetUp: true, hasSecondFactor: false });
    const raised = await raiseSession(store.pool, { sessionId, now });
    expect(await use(token)).toBeNull();
    expect(await use(raised.token)).toMatchObject({ sessionId, hasSecondFactor: true });
    expect(await removeFactor(store.pool, accountId)).toBe(true);
    expect(await use(raised.token)).toMatchObject({ isFactorSetUp: false, hasSecondFactor: false });
    expect(await removeFactor(store.pool, accountId)).toBe(false);
    await createSession(store.pool, opening);
    expect(await revokeSessions(store.pool, { accountId, now })).toBe(2);
    expect(await use(raised.token)).toBeNull();
  });
});
