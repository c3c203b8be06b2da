import { randomUUID } from 'node:crypto';
import { isRefusal, type RosterPerson } from '@sightline/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { appendAudit } from '#access/audit.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import { liveProjections } from '#live/live-projections.ts';
import { TestSource, type TestFact } from '#live/testing-facts.ts';
import { catchUp, rebuild } from '#log/projector.ts';
import { listPeople } from '#register/people.ts';
import { seedDivisions } from '#register/divisions.ts';
import { readDesired } from '#terminals/desired.ts';
import { engines } from '#testing/engines.ts';
import type { TestStore } from '#testing.ts';
import { listConsentEvents } from './consent-ledger.ts';
import { consentProjection } from './consent-projection.ts';
import { holdFaceConsents, type FaceConsent } from './face-consent.ts';
import { honourWithdrawals } from './honour-withdrawals.ts';
import {
  change,
  consentWithdrawn,
  equip,
  faceEnrolled,
  faceErased,
  here,
  now,
  there,
  village,
  vouch,
} from './testing-consent.ts';
import { withdrawFace } from './withdraw-face.ts';

describe.each(engines)('consent on $name', ({ open }) => {
  let store: TestStore;
  let source: TestSource;
  let personId: string;
  beforeAll(async () => {
    store = await open();
    await seedDivisions(store.pool);
  });
  afterAll(() => store[Symbol.asyncDispose]());
  beforeEach(async () => {
    await store.pool.query('truncate log, log_batch, projection_cursor, person, terminal cascade');
    source = new TestSource();
    personId = await equip(store);
  });

  const project = async (...facts: readonly TestFact[]): Promise<void> => {
    if (facts.length > 0) await source.append(store, facts);
    await catchUp(store, liveProjections);
  };
  const facesOf = async (): Promise<readonly FaceConsent[] | null> =>
    inTransaction(store, (client) => holdFaceConsents(client, { personId, region: village }));
  const rosterAt = async (terminalId: string): Promise<RosterPerson | undefined> =>
    (await readDesired(store.pool, terminalId))?.people[0];
  const withdrawAtConsole = () =>
    inTransaction(store, async (client) => {
      const person = { personId, region: village };
      await holdFaceConsents(client, person);
      return withdrawFace(client, person, change);
    });
  const ledger = async (before: number | null = null, limit = 10) => {
    const entry = { who: 'a', what: 'b', region: village, purpose: 'c', subject: null };
    const receipt = await appendAudit(store.pool, { entry, now });
    return listConsentEvents(store.pool, receipt, { personId, region: village, before, limit });
  };

  test('a face is held from enrolment, withdrawn with the person’s word, and erased with its receipt', async () => {
    expect(await facesOf()).toEqual([]);
    const grantId = await vouch(store, personId, here);
    await project(faceEnrolled(personId, here, grantId));
    const held = { terminalId: here, isWithdrawn: false, isKeyEnded: false, erasure: null };
    expect(await facesOf()).toEqual([held]);
    await project(consentWithdrawn(personId, here));
    expect(await facesOf()).toEqual([{ ...held, isWithdrawn: true }]);
    await project(faceErased(personId, here));
    const erasure = {
      source: source.source,
      reason: 'withdrawn',
      model: 'm',
      saidAt: '2026-11-23T04:03:00.000Z',
      sig: 'A'.repeat(86),
      publicKey: null,
      keyTerminalId: null,
    };
    expect(await facesOf()).toEqual([{ ...held, isWithdrawn: true, erasure }]);
    const { rows } = await store.pool.query('select * from face_consent');
    expect(rows).toMatchObject([
      {
        consent_version: 'v1',
        model: 'm',
        grant_id: grantId,
        vouched_by: change.actor,
        withdrawn_where: here,
        erased_by: source.source,
        sig: 'A'.repeat(86),
      },
    ]);
  });

  test('the ledger is read newest first, page by page, with who vouched', async () => {
    const grantId = await vouch(store, personId, here);
    await project(
      faceEnrolled(personId, here, grantId),
      consentWithdrawn(personId, here),
      faceErased(personId, here),
    );
    const first = await ledger(null, 2);
    expect(first.map(({ kind }) => kind)).toEqual(['erased', 'withdrawn']);
    const second = await ledger(first.at(-1)?.position ?? 0, 2);
    expect(second).toMatchObject([
      { kind: 'enrolled', consentVersion: 'v1', vouchedBy: change.actor, certain: true },
    ]);
  });

  test('an event of a device with an unset clock gets its true time once its boot is anchored', async () => {
    const clock = { bootId: randomUUID(), uptimeMs: 30_000, offsetMs: null };
    const grantId = await vouch(store, personId, here);
    await project({
      ...faceEnrolled(personId, here, grantId),
      at: '1970-01-01T00:00:30.000Z',
      clock,
    });
    expect(await ledger()).toMatchObject([{ certain: false, at: '1970-01-01T00:00:30.000Z' }]);
    const data = { bootId: clock.bootId, offsetMs: now.epochMilliseconds };
    await project({
      region: village,
      type: 'clock.anchored',
      at: '2026-11-23T04:01:00.000Z',
      clock,
      data,
    });
    expect(await ledger()).toMatchObject([
      { certain: true, at: '2026-11-23T04:00:30.000Z', saidAt: '1970-01-01T00:00:30.000Z' },
    ]);
  });

  test('a withdrawal at the console forbids the face at every terminal and ends its open codes', async () => {
    const grantId = await vouch(store, personId, here);
    await project(faceEnrolled(personId, here, grantId));
    expect(await withdrawAtConsole()).toBeNull();
    // Known before the projection has read the log.
    expect(await facesOf()).toMatchObject([{ isWithdrawn: true }]);
    for (const terminalId of [here, there]) {
      expect(await rosterAt(terminalId)).toMatchObject({ personId, faceWithdrawn: true });
    }
    expect((await readDesired(store.pool, here))?.grants).toEqual([]);
    await project();
    expect(await ledger()).toMatchObject([
      { kind: 'withdrawn', terminalId: null, source: 'centre', actor: change.actor },
      { kind: 'enrolled' },
    ]);
  });

  test('a new code allows the face again at its own terminal and nowhere else', async () => {
    await withdrawAtConsole();
    await vouch(store, personId, there);
    expect(await rosterAt(there)).not.toHaveProperty('faceWithdrawn');
    expect(await rosterAt(here)).toHaveProperty('faceWithdrawn', true);
    expect((await readDesired(store.pool, there))?.grants).toHaveLength(1);
  });

  test('what was withdrawn at one terminal is carried to the others, once', async () => {
    const [one, two] = [await vouch(store, personId, here), await vouch(store, personId, there)];
    await project(faceEnrolled(personId, here, one), faceEnrolled(personId, there, two));
    expect(await honourWithdrawals(store)).toBe(0);
    await project(consentWithdrawn(personId, here), faceErased(personId, here));
    expect(await facesOf()).toMatchObject([
      { terminalId: here, isWithdrawn: true, erasure: { reason: 'withdrawn' } },
      { terminalId: there, isWithdrawn: true, erasure: null },
    ]);
    expect(await honourWithdrawals(store)).toBe(1);
    expect(await rosterAt(there)).toHaveProperty('faceWithdrawn', true);
    const { version } = (await readDesired(store.pool, there)) ?? { version: 0 };
    expect(await honourWithdrawals(store)).toBe(0);
    expect((await readDesired(store.pool, there))?.version).toBe(version);
  });

  test('a code given out after a withdrawal stands, also when it is honoured later or the ledger is rebuilt', async () => {
    const one = await vouch(store, personId, here);
    await project(faceEnrolled(personId, here, one), consentWithdrawn(personId, here));
    await vouch(store, personId, here);
    expect(await honourWithdrawals(store)).toBe(1); // The other terminal.
    expect(await rosterAt(here)).not.toHaveProperty('faceWithdrawn');
    expect(await rosterAt(there)).toHaveProperty('faceWithdrawn', true);
    await vouch(store, personId, there);
    await rebuild(store, consentProjection);
    expect(await honourWithdrawals(store)).toBe(0);
    for (const terminalId of [here, there]) {
      expect(await rosterAt(terminalId)).not.toHaveProperty('faceWithdrawn');
    }
  });

  test('dropped and built again from the log, or read twice, the ledger is equal', async () => {
    const grantId = await vouch(store, personId, here);
    await project(faceEnrolled(personId, here, grantId));
    await project(consentWithdrawn(personId, here), faceErased(personId, here));
    await withdrawAtConsole();
    await project();
    const before = await dump(store);
    expect(before.map((rows) => rows.length)).toEqual([4, 1]);
    await rebuild(store, consentProjection);
    expect(await dump(store)).toEqual(before);
    await store.pool.query('update projection_cursor set position = 0');
    await catchUp(store, liveProjections);
    expect(await dump(store)).toEqual(before);
  });

  test('a terminal of another village withdraws, enrols and erases nothing for this person', async () => {
    const grantId = await vouch(store, personId, here);
    await project(faceEnrolled(personId, here, grantId));
    const foreign = { region: '540235100202' };
    await project(
      { ...consentWithdrawn(personId, here), ...foreign },
      { ...faceErased(personId, here), ...foreign },
      { ...faceEnrolled(personId, '540235100202-1', grantId), ...foreign },
    );
    expect(await honourWithdrawals(store)).toBe(0);
    expect(await facesOf()).toMatchObject([
      { terminalId: here, isWithdrawn: false, erasure: null },
    ]);
    expect(await ledger()).toHaveLength(1);
  });

  test('a retired person’s erasure is no withdrawal, and nothing is withdrawn for them any more', async () => {
    const grantId = await vouch(store, personId, here);
    await project(faceEnrolled(personId, here, grantId), faceErased(personId, here, 'off-list'));
    const entry = { who: 'a', what: 'b', region: village, purpose: 'c', subject: null };
    const receipt = await appendAudit(store.pool, { entry, now });
    const [person] = await listPeople(store.pool, receipt, { region: village, withRetired: false });
    expect(person?.faces).toMatchObject([
      { terminalId: here, isWithdrawn: false, erasure: { reason: 'off-list' } },
    ]);
    await store.pool.query('update person set slot = null, retired_at = added_at');
    expect(await facesOf()).toBeNull();
    const issue = vouch(store, personId, here);
    await expect(issue).rejects.toThrow('no longer');
  });

  test('a code and a withdrawal at the same time end in the state of whichever came last', async () => {
    const one = await vouch(store, personId, here);
    await project(faceEnrolled(personId, here, one));
    const results = await Promise.all([withdrawAtConsole(), vouch(store, personId, here)]);
    expect(results.filter(isRefusal)).toEqual([]);
    await project();
    await honourWithdrawals(store);
    const { rows } = await store.pool.query<{ type: string }>(
      'select type from log order by position desc limit 1',
    );
    const isForbidden = (await rosterAt(here))?.faceWithdrawn === true;
    expect(isForbidden).toBe(rows[0]?.type === 'consent.withdrawn');
  });
});

async function dump({ pool }: TestStore): Promise<unknown[][]> {
  const events = await pool.query('select * from consent_event order by position');
  const grants = await pool.query('select * from face_grant order by position');
  return [events.rows, grants.rows];
}
