import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { receiptOfComplaint, type ComplaintStanding, type Reading } from '@sightline/contracts';
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
const pin = '135790';
const sizes = [
  [1080, 1920],
  [1920, 1080],
  [1366, 768],
] as const;
const languages = ['zh', 'bo', 'en'] as const;

let built: BuiltKiosk;
beforeAll(async () => {
  built = await openBuiltKiosk();
}, 240_000);
afterAll(() => built[Symbol.asyncDispose]());

const key = {
  keyId: randomUUID(),
  publicKey: generateKeyPairSync('x25519')
    .publicKey.export({ type: 'spki', format: 'der' })
    .toString('base64url'),
};

function desired(standings: ComplaintStanding[] = []) {
  const reading = (index: number): Reading => ({
    at: `2026-11-${String(22 - (index % 12)).padStart(2, '0')}T0${index % 10}:20:00.000Z`,
    what: ['people.read', 'consent.read', 'check-ins.export'][index % 3] ?? '',
    purpose: 'duty-watch',
    login: ['basang-nyima', 'dawa', 'tsering-wangdu-township-office'][index % 3] ?? '',
    roles: index % 2 === 0 ? ['dispatcher'] : ['dispatcher', 'registrar'],
    accountRegion: ['5402', '540202', '540202103'][index % 3] ?? null,
    personId: null,
  });
  return tableDesired({
    complaints: { answerDays: 7, key, standings },
    readings: Array.from({ length: 20 }, (_, index) => reading(index)),
    grants: [tableGrant('set-pin', ann.personId)],
  });
}

const visit = (table: TableKiosk, language = 'zh', size: readonly number[] = [1366, 768]) =>
  visitKiosk(built.browser, table, { language, size });

test('somebody who does not type complains by touch, keeps the number, and finds the answer with it', async () => {
  const terminal = new TableTerminal(tableTime, desired());
  terminal.goDark();
  await using table = await openTableKiosk({ pages: built.pages, terminal });
  const page = await visit(table);
  await page.getByRole('button', { name: '意见' }).click();
  const send = page.locator('.complaint-ways .way-main');
  expect(await send.isDisabled()).toBe(true);
  await page.getByRole('button', { name: '有人替别人签到' }).click();
  await page.getByRole('button', { name: '请来电话' }).click();
  await page.getByRole('button', { name: '留电话' }).click();
  await page.keyboard.type('13800000000');
  await page.locator('.pad .way-main').click();
  await send.click();
  const receipt = (await page.locator('.receipt strong').innerText()).replaceAll(' ', '');
  const [fact] = terminal.facts;
  const complaintId = String(fact?.data['complaintId']);
  expect(receipt).toBe(receiptOfComplaint(complaintId));
  expect(fact).toMatchObject({
    type: 'complaint.raised',
    actor: 'terminal:demo-1',
    data: { sentences: ['someone-else-checked-in', 'please-call'] },
  });
  expect(JSON.stringify(fact)).not.toContain('13800000000');
  await page.getByRole('button', { name: '好' }).click();

  const answered = { complaintId, kind: 'complaint', state: 'answered', dueAt: null } as const;
  const answers = [{ at: tableTime, text: '已核实并改正。' }];
  const standing = { ...answered, raisedAt: tableTime, answers, mayReopen: true };
  terminal.setDesired({ ...desired([standing]), version: 2 });
  await page.getByRole('button', { name: '意见' }).click();
  await page.getByRole('button', { name: '查答复' }).click();
  await page.keyboard.type(receipt);
  await page.getByText('已核实并改正。').waitFor();
  await page.getByRole('button', { name: '没有解决' }).click();
  await page.getByText('已再次提出').waitFor();
  expect(terminal.facts.at(-1)).toMatchObject({ type: 'complaint.reopened' });
  await page.close();
});

test('a person sees who read about them after their own PIN, without the link', async () => {
  const terminal = new TableTerminal(tableTime, desired());
  terminal.goDark();
  await using table = await openTableKiosk({ pages: built.pages, terminal });
  await table.client.post('/api/pin', { personId: ann.personId, code: '12345678', pin });
  const page = await visit(table);
  await page.getByRole('button', { name: '人员录入' }).click();
  await page.getByText(ann.name).click();
  await page.getByRole('button', { name: '谁查看过我的信息' }).click();
  await page.keyboard.type(pin);
  await page.getByText('看了全村名单').first().waitFor();
  expect(await page.locator('.reading-list li').count()).toBe(20);
  expect(await page.locator('.reading-list').innerText()).toContain(
    '县（区） 值守员 registrar'.slice(0, 8),
  );
  await page.close();
});

test.each(languages)(
  'every page of it reads and reaches in %s: contrast, names, sizes, nothing cut off',
  async (language) => {
    const standing: ComplaintStanding = {
      complaintId: randomUUID(),
      kind: 'wrong-record',
      state: 'reopened',
      raisedAt: tableTime,
      dueAt: '2026-11-21T04:00:00.000Z',
      answers: [{ at: tableTime, text: '已核实并改正。'.repeat(20) }],
      mayReopen: true,
    };
    const terminal = new TableTerminal(tableTime, desired([standing]));
    await using table = await openTableKiosk({ pages: built.pages, terminal });
    await table.client.post('/api/pin', { personId: ann.personId, code: '12345678', pin });
    const wrong: string[] = [];
    for (const size of sizes) {
      const page = await visit(table, language, size);
      const look = async (name: string): Promise<void> => {
        wrong.push(...(await inspectPage(page, `${name}-${size.join('x')}-${language}`)));
      };
      await look('home');
      await page.locator('.strip-complaint').click();
      await page.locator('.choice').nth(4).click();
      await look('complaint');
      await page.locator('.way').nth(1).click();
      await page.keyboard.type('灯坏了');
      await look('complaint-write');
      await page.locator('.complaint-foot .way').click();
      await page.locator('.way').nth(2).click();
      await page.keyboard.type('1380000');
      await look('complaint-contact');
      await page.locator('.back').click();
      await page.locator('.complaint-ways .way-main').click();
      await page.waitForSelector('.receipt');
      await look('complaint-receipt');
      await page.locator('.complaint-receipt > .way').click();
      await page.locator('.strip-complaint').click();
      await page.locator('.way').nth(0).click();
      await page.keyboard.type('123');
      await look('complaint-look-up');
      for (let i = 0; i < 3; i += 1) await page.keyboard.press('Backspace');
      await page.keyboard.type(receiptOfComplaint(standing.complaintId));
      await page.waitForSelector('.standing');
      await look('complaint-standing');
      await page.locator('.back').click();
      await page.locator('.home-tiles .tile').nth(2).click();
      await page.locator('.person').nth(0).click();
      await look('person');
      await page.locator('.person-ways .tile').last().click();
      await page.keyboard.type(pin);
      await page.waitForSelector('.reading-list');
      await look('readings');
      await page.close();
    }
    expect(wrong).toEqual([]);
  },
);
