import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createAccount, seedDivisions } from '@sightline/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScreenHouse, type ScreenHouse } from '#testing/page-screen.ts';
import { enrolled, record } from '#testing/start-test-centre.ts';

const villages = ['540202001001', '540202001002', '540235100001'] as const;
/** Where pictures go when somebody wants to look at them. */
const shotsDir = process.env['SIGHTLINE_SHOTS'];

const stack = new AsyncDisposableStack();
let house: ScreenHouse;
beforeAll(async () => {
  const opening = openScreenHouse(async (store) => {
    await seedDivisions(store.pool);
    await record(store, villages.map(enrolled));
  });
  house = stack.use(await opening);
  if (shotsDir !== undefined) mkdirSync(shotsDir, { recursive: true });
}, 240_000);
afterAll(() => stack.disposeAsync());

test('the screen says that nobody was checked today, and then how fast villages answered', async () => {
  await using empty = await house.open();
  await empty.page.getByText('今天没有抽查').waitFor();
  // A check of this very minute that is over already.
  const now = Temporal.Now.instant();
  const { pool } = house.store;
  const accountId = await createAccount(pool, { roles: ['dispatcher'], region: '5402', now });
  const checkId = randomUUID();
  const window = [now.subtract({ seconds: 2 }).toString(), now.subtract({ seconds: 1 }).toString()];
  await pool.query(
    `insert into spot_check (check_id, region, reason, note, seconds, ordered_at, until, account_id)
     values ($1, '5402', 'routine', '', 60, $2, $3, $4)`,
    [checkId, ...window, accountId],
  );
  await pool.query(
    `insert into spot_check_village (check_id, region, ordered_at, until, answered_at)
     select $1, region, $2, $3,
            case when region < '540235' then $2::timestamptz + interval '75 s' end
     from unnest($4::text[]) as region`,
    [checkId, ...window, villages],
  );
  await using screen = await house.open();
  const reach = screen.page.locator('.reach-today');
  await reach.getByText('1:15').waitFor();
  expect(await reach.locator('dd').allTextContents()).toEqual(['1:15', '未全应答']);
  await reach.getByText('3 村次应答 2').waitFor();
  if (shotsDir !== undefined) {
    await screen.page.screenshot({ path: join(shotsDir, 'screen-reach.png') });
  }
  expect(screen.complaints).toEqual([]);
});
