import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '#testing/eventually.ts';
import { Journal } from './journal.ts';
import type { Up } from './outgoing.ts';

const log = pino({ level: 'silent' });
const meetingId = randomUUID();
const seatId = 'venue-510115100001';
const at = '2026-11-27T08:00:00.000Z';

let dir: string;
let file: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'journal-'));
  file = join(dir, 'words.jsonl');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

function line(text: string): Up {
  const lineId = randomUUID();
  return {
    event: 'line',
    meetingId,
    key: lineId,
    word: { lineId, meetingId, seatId, at, text },
  };
}
const hand = (isUp: boolean): Up => ({
  event: 'hand',
  meetingId,
  key: seatId,
  word: { meetingId, seatId, isUp },
});
/** As the next process finds it, whatever this one still has open. */
async function left(): Promise<readonly Up[]> {
  await using journal = await Journal.open(file, log);
  return journal.left;
}

test('what was kept is there for the next process, in its order; what was done is not', async () => {
  await using journal = await Journal.open(file, log);
  const [first, second] = [line('1'), line('2')];
  await Promise.all([journal.keep(first), journal.keep(second), journal.keep(line('3'))]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  journal.done(second);
  await journal.keep(line('4'));
  expect((await left()).map(({ word }) => (word as { text: string }).text)).toEqual([
    '1',
    '3',
    '4',
  ]);
});

test('a later word of a key takes the place of the earlier, also where that one is done only then', async () => {
  await using journal = await Journal.open(file, log);
  const up = hand(true);
  await journal.keep(up);
  const down = hand(false);
  await journal.keep(down);
  journal.done(up);
  await journal.keep(line('1'));
  expect((await left()).map(({ word }) => word)).toMatchObject([{ isUp: false }, { text: '1' }]);
});

test('where nothing waits the file is empty: no line is kept here longer than it must', async () => {
  await using journal = await Journal.open(file, log);
  const said = [line('1'), line('2')];
  for (const up of said) await journal.keep(up);
  expect(await readFile(file, 'utf8')).toContain('"text":"1"');
  for (const up of said) journal.done(up);
  await eventually(async () => (await stat(file)).size === 0 || undefined);
  await journal.keep(line('3'));
  expect(await left()).toMatchObject([{ word: { text: '3' } }]);
});

test('a journal that grew is written anew with what waits, and goes on', async () => {
  await using journal = await Journal.open(file, log);
  await journal.keep(line('first'));
  const long = 'x'.repeat(300);
  let largest = 0;
  for (let n = 0; n < 40; n += 1) {
    const many = Array.from({ length: 300 }, () => line(long));
    await Promise.all(many.map((up) => journal.keep(up)));
    for (const up of many) journal.done(up);
    largest = Math.max(largest, (await stat(file)).size);
  }
  await journal.keep(line('last'));
  expect(largest).toBeLessThan(6 * 1024 * 1024);
  expect((await left()).map(({ word }) => (word as { text: string }).text)).toEqual([
    'first',
    'last',
  ]);
});

test('half a last line, and lines that are none, are passed over', async () => {
  const spell = { spellId: randomUUID(), meetingId, seatId, from: at, until: at, packets: 1 };
  {
    await using journal = await Journal.open(file, log);
    await journal.keep(line('1'));
    const word = { ...spell, isOver: false };
    await journal.keep({ event: 'spells', meetingId, key: spell.spellId, word });
  }
  const strange = JSON.stringify({ n: 9, event: 'line', meetingId, key: 'x', word: { text: 1 } });
  await appendFile(file, `nothing\n${strange}\n{"n":10,"event":"li`);
  // Whoever counted the spell is no more: it is over.
  expect(await left()).toMatchObject([{ word: { text: '1' } }, { word: { isOver: true } }]);
  await using journal = await Journal.open(file, log);
  await journal.keep(line('2'));
  expect((await left()).map(({ word }) => word)).toMatchObject([{}, {}, { text: '2' }]);
});

test('what could not be written is said to be so', async () => {
  const journal = await Journal.open(file, log);
  await journal[Symbol.asyncDispose]();
  await expect(journal.keep(line('1'))).rejects.toThrow();
  expect(await left()).toEqual([]);
});
