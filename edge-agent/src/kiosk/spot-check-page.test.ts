import type { SpotCheckReason, TerminalCheck } from '@sightline/contracts';
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

const [ann] = tablePeople;
const { personId } = ann;
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

const check = (index: number, reason: SpotCheckReason, untilMinute: number): TerminalCheck => ({
  checkId: `0190a5d4-0000-7000-8000-0000000000c${index}`,
  reason,
  note: index === 0 ? '今夜到明晨有暴雪，请确认值班在岗、道路和牲畜棚有人看' : '',
  by: { login: 'pianduo', roles: ['dispatcher'], region: '5402' },
  orderedAt: '2026-11-23T13:46:00.000Z',
  until: `2026-11-23T13:${untilMinute}:00.000Z`,
});
const past = [check(1, 'holiday-guard', 46), check(2, 'incident-nearby', 46)];

function desired(...checks: TerminalCheck[]) {
  const grants = [tableGrant('set-pin', personId)];
  return tableDesired({ checks, grants, settings: { faceEnabled: false, demo: true } });
}

const visit = (table: TableKiosk, language = 'zh', size: readonly number[] = [1366, 768]) =>
  visitKiosk(built.browser, table, { language, size });

test('a ring takes the screen, says why and by whom, and is answered by PIN with faces switched off', async () => {
  const terminal = new TableTerminal(tableTime, desired());
  await using table = await openTableKiosk({ pages: built.pages, terminal });
  await table.client.post('/api/pin', { personId, code: '12345678', pin });
  const page = await visit(table);
  terminal.setDesired({ ...desired(check(0, 'weather-warning', 51), ...past), version: 2 });
  await page.getByText('气象预警').waitFor();
  await page.getByText('地市 值守员 pianduo 呼叫本村').waitFor();
  expect(await page.locator('.ring-clock b').innerText()).toMatch(/^3:[0-5]\d$/);
  // Put off, it stays above every page, one touch away.
  await page.getByText('先返回').click();
  await page.locator('.ring-bar').click();
  expect(await page.getByText('人脸应答').count()).toBe(0);
  await page.getByText('密码应答').click();
  await page.getByText(ann.name).click();
  await page.keyboard.type(pin);
  await page.getByText('已应答，辛苦了').waitFor();
  const said = terminal.facts.map(({ type }) => type);
  expect(said).toContain('spot-check.shown');
  expect(terminal.facts.at(-1)).toMatchObject({ type: 'spot-check.answered' });
  await page.locator('.result .tile').first().click();
  await page.getByText('谁抽查过我们').click();
  expect(await page.locator('.check-line').first().innerText()).toContain(ann.name);
  await page.close();
});

test.each(['zh', 'bo', 'en'])(
  'every page of it reads and reaches in %s: contrast, names, sizes, nothing cut off',
  async (language) => {
    const terminal = new TableTerminal(tableTime, desired(...past));
    await using table = await openTableKiosk({ pages: built.pages, terminal });
    const wrong: string[] = [];
    // The small one is the hardest; Chinese is looked at in all.
    for (const size of language === 'zh' ? sizes : sizes.slice(2)) {
      terminal.setDesired({ ...desired(...past), version: 1 });
      const page = await visit(table, language, size);
      const look = async (name: string): Promise<void> => {
        wrong.push(...(await inspectPage(page, `${name}-${size.join('x')}-${language}`)));
      };
      await look('home-checked');
      await page.locator('.checks-link').click();
      await page.waitForSelector('.check-list');
      await look('checks');
      terminal.setDesired({ ...desired(check(0, 'weather-warning', 51), ...past), version: 2 });
      await page.waitForSelector('.ring');
      await look('ring');
      await page.locator('.ring-later').click();
      await page.waitForSelector('.ring-bar');
      await look('ring-bar');
      await page.close();
    }
    expect(wrong).toEqual([]);
  },
);
