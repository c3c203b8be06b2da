import { seedDivisions } from '#register/divisions.ts';
import { inTransaction } from '#engine/in-transaction.ts';
import { openTestStore } from '#testing.ts';
import { expect, test } from 'vitest';
import { transferMember } from './change-member.ts';
import { endOrganisation } from './change-organisation.ts';
import { insertMember, insertOrganisation } from './testing-register.ts';

const region = '540235100201';
const day = '2026-11-26';
const rounds = 20;

test('nobody is in an organisation that ended while they were transferred to it', async () => {
  await using store = await openTestStore();
  await seedDivisions(store.pool);
  const here = await insertOrganisation(store.pool, { code: 'HERE', region });
  const outcomes = { transferred: 0, ended: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const { organisationId } = await insertOrganisation(store.pool, { code: `T${round}`, region });
    const memberId = await insertMember(store.pool, here);
    const transfer = inTransaction(store, async (client) => {
      const refusal = await transferMember(client, { memberId, organisationId, day });
      await client.query('select pg_sleep(0.01)'); // Written, not yet seen by others.
      return refusal;
    });
    const end = inTransaction(store, (client) => endOrganisation(client, { organisationId, day }));
    const [transferred, ended] = await Promise.all([transfer, end]);
    expect([transferred, ended].filter((refusal) => refusal === null)).toHaveLength(1);
    outcomes[transferred === null ? 'transferred' : 'ended'] += 1;
  }
  expect(outcomes.transferred + outcomes.ended).toBe(rounds);
}, 60_000);
