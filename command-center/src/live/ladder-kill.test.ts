import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { rungs } from '@sightline/contracts';
import { createAccount } from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import { expect, test } from 'vitest';
import { seedWatch } from '#testing/seed-watch.ts';

const program = fileURLToPath(new URL('../testing/ladder-main.ts', import.meta.url));
const regions = ['540235100201', '540235100202', '540235100203', '540235101001'];
const from = '2026-11-27T00:10:00Z'; // 08:10 at the villages.
const to = '2026-11-27T02:20:00Z';
const kills = 9;

/** Runs the program from an instant; killed after so many instants, it ends with the last one it began. */
async function run(store: TestStore, start: string, instants: number | null): Promise<string> {
  const child = spawn(process.execPath, [program, store.databaseUrl, start, to], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let last = start;
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    last = line;
    seen += 1;
    if (seen === instants) child.kill('SIGKILL');
  }
  await ended;
  return last;
}

async function stepsAfter(killEvery: readonly number[]): Promise<string[]> {
  await using store = await openTestStore();
  const now = Temporal.Instant.from('2026-11-26T00:00:00Z');
  await seedWatch(store, { regions, from: '2026-11-26', days: 3, now });
  for (const region of ['540235100', '5402']) {
    await createAccount(store.pool, { roles: ['dispatcher'], region, now });
  }
  let at = from;
  for (const instants of killEvery) {
    at = await run(store, at, instants);
    if (at === 'done') break;
  }
  expect(await run(store, at, null)).toBe('done');
  const { rows } = await store.pool.query<{ line: string }>(
    `select s.subject || ' ' || s.rung || ' ' || s.at || ' '
            || (select count(*) from notification_duty d where d.subject = s.subject and d.rung = s.rung)
            || ' ' || (select count(*) from log where type = 'ladder.climbed'
                       and body::json -> 'data' ->> 'subject' = s.subject
                       and body::json -> 'data' ->> 'rung' = s.rung) as line
     from ladder_step s order by s.subject, s.at`,
  );
  return rows.map(({ line }) => line);
}

test(`a server killed ${kills} times in the middle of the ladders loses no step and repeats none`, async () => {
  const undisturbed = await stepsAfter([]);
  expect(undisturbed).toHaveLength(regions.length * rungs.length);
  // Around the rungs at 15, 30, 45 and 120 minutes, and at once after a start.
  const killed = await stepsAfter([1, 1, 2, 1, 1, 3, 1, 8, 2].slice(0, kills));
  expect(killed).toEqual(undisturbed);
}, 180_000);
