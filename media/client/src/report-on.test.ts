import { deadMs, refuse, reportEveryMs, reportPatienceMs, type Tier } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { reportOn } from '#report-on.ts';
import type { Stay } from '#stay-chores.ts';

/** A stay whose time passes, and whose answers come, when the test says so. */
function stage(up: Tier = 'video-300') {
  const waits: { ms: number; pass: (isIn: boolean) => void }[] = [];
  const answers: ((answer: object) => void)[] = [];
  const heard: string[] = [];
  let quietMs = 0;
  const stay = {
    entry: { send: { getStats: async () => new Map() } },
    ask: () => new Promise((answer) => answers.push(answer)),
    lasts: (ms: number) => new Promise((pass) => waits.push({ ms, pass })),
  };
  const ended = reportOn(
    // What the report uses of a stay.
    stay as unknown as Stay,
    {
      up: () => up,
      best: () => ({ up: 'video-300', down: 'video-300' }),
      quietMs: () => quietMs,
      onTick: () => heard.push('tick'),
      onLate: () => heard.push('late'),
      onInTime: () => heard.push('in time'),
      onDead: () => heard.push('dead'),
    },
  );
  const nth = async <T>(list: readonly T[], n: number): Promise<T> => {
    await expect.poll(() => list.length, { timeout: 5_000 }).toBeGreaterThan(n);
    const found = list[n];
    if (found === undefined) throw new Error(`There is no number ${n}.`);
    return found;
  };
  return {
    heard,
    ended,
    wait: (n: number) => nth(waits, n),
    answer: async (n: number, answer: object = {}) => (await nth(answers, n))(answer),
    asked: () => answers.length,
    quiet: (ms: number) => (quietMs = ms),
  };
}

test('answers that are late are told, again and again, and one report waits at a time', async () => {
  const own = stage();
  const pace = await own.wait(0);
  expect(pace.ms).toBe(reportEveryMs['video-300']);
  pace.pass(true);
  for (const n of [1, 2, 3]) {
    const patience = await own.wait(n);
    expect(patience.ms).toBe(reportPatienceMs['video-300']);
    patience.pass(true);
  }
  await own.wait(4);
  expect(own.heard).toEqual(['tick', 'late', 'late', 'late']);
  expect(own.asked()).toBe(1);
  await own.answer(0);
  (await own.wait(5)).pass(true);
  await own.answer(1);
  (await own.wait(7)).pass(false);
  await own.ended;
  // The first came late: it is no sign of a good link.
  expect(own.heard.slice(4)).toEqual(['tick', 'in time']);
});

test('a connection is dead where nothing else is heard, and no sooner than its tier lets', async () => {
  const own = stage('audio');
  (await own.wait(0)).pass(true);
  own.quiet(deadMs.audio);
  (await own.wait(1)).pass(true);
  await own.wait(2);
  expect(own.heard).toEqual(['tick', 'late']);
  own.quiet(deadMs.audio + 1);
  (await own.wait(2)).pass(true);
  await own.ended;
  expect(own.heard).toEqual(['tick', 'late', 'dead']);
});

test('a report that is never answered ends the connection, whatever else is heard', async () => {
  const own = stage();
  (await own.wait(0)).pass(true);
  await own.answer(0, refuse('no-answer', 'Nobody answers.'));
  await own.ended;
  expect(own.heard.at(-1)).toBe('dead');
});
