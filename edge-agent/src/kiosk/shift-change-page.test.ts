import { packRoster, type TerminalAppeal, type TerminalShiftChange } from '@sightline/contracts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openBuiltKiosk, type BuiltKiosk } from '#kiosk/testing/built-kiosk.ts';
import { openTableKiosk, tableTime, type TableKiosk } from '#kiosk/testing/table-kiosk.ts';
import {
  tableDesired,
  tableGrant,
  tablePeople,
  TableTerminal,
} from '#kiosk/testing/table-terminal.ts';
import { inspectPage, visitKiosk } from '#kiosk/testing/visit-kiosk.ts';

vi.setConfig({ testTimeout: 240_000 });

const [ann, bo] = tablePeople;
const pin = '135790';
const sizes = [
  [1080, 1920],
  [1920, 1080],
  [1366, 768],
] as const;

let built: BuiltKiosk;
beforeAll(async () => {
  built = await openBuiltKiosk();
}, 240_000);
afterAll(() => built[Symbol.asyncDispose]());

const idOf = (n: number) => `0190a5d4-0000-7000-8000-0000000000d${n}`;
const duty = { post: 'watch', day: '2026-11-24', span: 'full' } as const;
const askedAt = '2026-11-23T10:00:00.000Z';
const both = { personId: ann.personId, otherId: bo.personId, duty };
/** For the second person: a swap that waits for their word, and one of each way it can end. */
const changes: readonly TerminalShiftChange[] = [
  {
    ask: { kind: 'swap', changeId: idOf(1), ...both, otherDuty: { ...duty, day: '2026-11-27' } },
    askedAt,
    state: 'asked',
    answers: [],
  },
  {
    ask: { kind: 'take-over', changeId: idOf(2), ...both },
    askedAt,
    state: 'declined',
    answers: [{ personId: ann.personId, answer: 'declined', at: askedAt }],
  },
  { ask: { kind: 'leave', changeId: idOf(3), ...both }, askedAt, state: 'approved', answers: [] },
  { ask: { kind: 'leave', changeId: idOf(4), ...both }, askedAt, state: 'withdrawn', answers: [] },
];
const appealOf = (n: number, more: Partial<TerminalAppeal>): TerminalAppeal => ({
  appealId: idOf(n),
  personId: bo.personId,
  duty: { ...duty, day: `2026-11-1${n}` },
  reason: 'terminal-broken',
  at: `2026-11-1${n}T12:00:00.000Z`,
  state: 'approved',
  ...more,
});
const outcome = {
  verdict: 'on-time',
  why: 'not-recognised',
  decidedAt: '2026-11-20T08:00:00.000Z',
} as const;
const appeals = [
  appealOf(8, { state: 'appealed' }),
  appealOf(7, { outcome }),
  appealOf(6, { outcome: { ...outcome, verdict: 'stands' } }),
  appealOf(5, { state: 'joined' }),
];
const absences = (['asked', 'approved', 'refused', 'withdrawn'] as const).map((state, n) => ({
  absenceId: idOf(4 + n),
  personId: bo.personId,
  from: `2026-12-1${n}`,
  to: `2026-12-1${n + 2}`,
  state,
  at: `2026-11-2${n}T08:00:00.000Z`,
}));
const roster = packRoster(
  ['2026-11-22/day', '2026-11-22/night', '2026-11-23/day'].map((shift) => ({
    post: 'watch',
    shift,
    personId: bo.personId,
    fallbackId: null,
  })),
  { from: '2026-11-16', days: 20, posts: ['watch'] },
);

async function openTable(): Promise<TableKiosk> {
  const grants = [tableGrant('set-pin', bo.personId)];
  const settings = { faceEnabled: false, demo: true };
  const told = { grants, settings, roster, shiftChanges: [...changes], appeals, absences };
  const terminal = new TableTerminal(tableTime, tableDesired(told));
  const table = await openTableKiosk({ pages: built.pages, terminal });
  await table.client.post('/api/pin', { personId: bo.personId, code: '12345678', pin });
  return table;
}

const visit = (table: TableKiosk, language = 'zh', size: readonly number[] = [1366, 768]) =>
  visitKiosk(built.browser, table, { language, size });

test('home says whose word is waited for; after the own PIN both duties are spelled out and one touch answers', async () => {
  await using table = await openTable();
  const page = await visit(table);
  await page.getByText(`有换班等${bo.name}答复`).click();
  await page.waitForSelector('.pad');
  await page.keyboard.type(pin);
  await page.locator('.own-duty-list .way-main').click();
  const passing = await page.locator('.passing li').allInnerTexts();
  expect(passing.map((text) => text.split(/\s+/))).toEqual([
    ['11-24', '全天', '·', '值班', ann.name, '→', bo.name],
    ['11-27', '全天', '·', '值班', bo.name, '→', ann.name],
  ]);
  await page.getByText('我同意').click();
  await page.getByText('您已同意').first().waitFor();
  const fact = table.terminal.facts.at(-1);
  expect([fact?.type, fact?.actor, fact?.data['answer']]).toEqual([
    'shift-change.answered',
    `person:${bo.personId}`,
    'agreed',
  ]);
  await page.locator('.way-main').click();
  await page.waitForSelector('.home');
  expect(await page.getByText(`有换班等${bo.name}答复`).count()).toBe(0);
  await page.close();
});

test('days away are chosen by large touches and said once; nobody is asked why', async () => {
  await using table = await openTable();
  const page = await visit(table);
  await page.locator('.notices-link').click();
  await page.waitForSelector('.pad');
  await page.keyboard.type(pin);
  await page.locator('.own-views .way').nth(3).click();
  await page.getByText('报外出').click();
  const [from, to] = [page.locator('.away-day').nth(0), page.locator('.away-day').nth(1)];
  await from.getByLabel('晚一天').click();
  await to.getByLabel('晚一天').click();
  await page.getByText('报上去').click();
  await page.getByText('已收好，等批准').waitFor();
  const said = table.terminal.facts.filter(({ type }) => type === 'absence.asked');
  const today = Temporal.PlainDate.from(tableTime.slice(0, 10));
  expect(said.map(({ data }) => [data['from'], data['to']])).toEqual([
    [today.add({ days: 2 }).toString(), today.add({ days: 3 }).toString()],
  ]);
  await page.close();
});

test.each(['zh', 'bo', 'en'])(
  'every page of it reads and reaches in %s: contrast, names, sizes, nothing cut off',
  async (language) => {
    await using table = await openTable();
    const wrong: string[] = [];
    // The small one is the hardest; Chinese is looked at in all.
    for (const size of language === 'zh' ? sizes : sizes.slice(2)) {
      const page = await visit(table, language, size);
      const look = async (name: string): Promise<void> => {
        wrong.push(...(await inspectPage(page, `${name}-${size.join('x')}-${language}`)));
      };
      await look('home-shift-change');
      await page.locator('.notices-link').click();
      await page.waitForSelector('.pad');
      await page.keyboard.type(pin);
      await page.waitForSelector('.own-duty-list');
      await look('own-changes');
      await page.locator('.own-duty-list .way').first().click();
      await page.waitForSelector('.passing');
      await look('shift-change');
      await page.locator('.back').click();
      await page.locator('.own-duty-list .way').nth(1).click();
      await page.waitForSelector('.passing');
      await look('shift-change-declined');
      await page.locator('.back').click();
      await page.locator('.own-views .way').nth(0).click();
      await look('own-duties-of-three');
      await page.locator('.own-views .way').nth(2).click();
      await look('own-appeals');
      await page.locator('.own-views .way').nth(3).click();
      await page.waitForSelector('.away-approved');
      await look('own-absences');
      await page.locator('.own-duties > .way-main').click();
      await page.waitForSelector('.away-days');
      await look('away');
      await page.close();
    }
    expect(wrong).toEqual([]);
  },
);
