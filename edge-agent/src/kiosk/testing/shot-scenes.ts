import type { Page } from 'playwright-core';
import { scriptedFace, type ScriptedEyes } from '#kiosk/testing/scripted-eyes.ts';
import { tableTime, type TableKiosk } from '#kiosk/testing/table-kiosk.ts';
import { tableCode, tablePeople } from '#kiosk/testing/table-terminal.ts';

/** One kiosk before one browser window, made ready for pictures. */
export interface Stage {
  readonly page: Page;
  readonly table: TableKiosk;
  readonly eyes: ScriptedEyes;
  readonly shoot: (name: string) => Promise<void>;
}

const pin = '246810';
const goodFace = scriptedFace(0);
const darkFace = { ...goodFace, quality: { ...goodFace.quality, brightness: 10 } };
const stranger = scriptedFace(3);

/** Goes through every state of the kiosk, one picture each. */
export async function shootScenes(stage: Stage): Promise<void> {
  const { page, table } = stage;
  await page.goto(table.kiosk.url);
  await shootTerminalCode(stage);
  await shootPin(stage);
  await shootHome(stage);
  await shootCheckIn(stage);
  await shootPeople(stage);
  await shootEnrolment(stage);
  await shootTrouble(stage);
}

async function shootTerminalCode({ page, table, shoot }: Stage): Promise<void> {
  const { terminal } = table;
  const desired = desiredOf(table);
  terminal.setDesired(null);
  terminal.setState({ terminalId: null, region: null, enrolment: 'not-enrolled' });
  await page.waitForSelector('.terminal-code');
  await page.keyboard.type('7K3MX');
  await shoot('terminal-code');
  terminal.setDesired(desired);
  await terminal.enrol(tableCode);
  await page.waitForSelector('.home');
  await shoot('home-empty');
}

async function shootPin({ page, table, shoot }: Stage): Promise<void> {
  await givePin(table, 0);
  await press(page, '.home-tiles .tile', 1);
  await page.waitForSelector('.person');
  await shoot('pin-who');
  await press(page, '.person', 0);
  await page.keyboard.type('000000');
  await page.waitForSelector('.refusal .two-lines');
  await page.keyboard.type('24');
  await shoot('pin');
  await page.keyboard.type('000000');
  await page.waitForSelector('.refusal .two-lines');
  await shoot('pin-wrong');
  await page.keyboard.type(pin);
  await page.waitForSelector('.result-good');
  await shoot('result-checked-in');
  await backHome(page);
}

async function shootHome({ page, table, shoot }: Stage): Promise<void> {
  for (const i of [1, 2]) {
    await givePin(table, i);
    table.terminal.setTime(`2026-11-23T14:0${i}:00.000Z`);
    await table.client.post('/api/check-in/pin', { personId: personIdOf(i), pin });
  }
  await page.waitForFunction(() => document.querySelectorAll('.duty li').length === 3);
  await shoot('home');
  const outbox = { ...table.terminal.state().outbox, waiting: 3, oldestAt: tableTime };
  const link = { ...table.terminal.state().link, state: 'down', since: tableTime } as const;
  table.terminal.setState({ link, outbox, clockCertain: false });
  await page.waitForFunction(() => document.querySelectorAll('.strip-fact').length === 2);
  await shoot('home-outage');
}

async function shootCheckIn({ page, eyes, shoot }: Stage): Promise<void> {
  eyes.show([]);
  await press(page, '.home-tiles .tile', 0);
  await page.waitForSelector('.session-ask');
  eyes.show([darkFace]);
  await page.waitForTimeout(900);
  await shoot('check-in-too-dark');
  eyes.show([stranger]);
  await page.waitForSelector('.camera-rim-good');
  await shoot('check-in');
  await page.waitForSelector('.result-no');
  await shoot('result-use-pin');
  await backHome(page);
  eyes.show([goodFace]);
  await press(page, '.home-tiles .tile', 0);
  await page.waitForSelector('.result-again');
  await shoot('result-already');
  await backHome(page);
}

async function shootPeople({ page, shoot }: Stage): Promise<void> {
  await press(page, '.home-tiles .tile', 2);
  await page.waitForSelector('.person');
  await shoot('people');
  await press(page, '.person', 1);
  await page.waitForSelector('.person-ways');
  await shoot('person');
  await press(page, '.person-ways .tile', 0);
  await page.waitForSelector('.consent');
  await shoot('consent');
  await press(page, '.consent-ways .tile', 1);
  await page.waitForSelector('.pad');
  await page.keyboard.type('20000');
  await shoot('code');
}

async function shootEnrolment({ page, eyes, shoot }: Stage): Promise<void> {
  eyes.show([scriptedFace(1)], 8);
  await page.keyboard.type('001');
  await page.waitForFunction(() => document.querySelectorAll('.progress-full').length > 1);
  await shoot('enrol');
  eyes.show([scriptedFace(1)]);
  await page.waitForSelector('.result-good');
  await shoot('result-enrolled');
  await backHome(page);
  await press(page, '.home-tiles .tile', 2);
  await press(page, '.person', 3);
  await press(page, '.person-ways .tile', 1);
  await page.waitForSelector('.pad');
  await page.keyboard.type('99999999');
  await page.waitForSelector('.pad-box');
  await page.keyboard.type('135');
  await shoot('new-pin');
  await page.keyboard.type('791');
  await page.keyboard.type('135791');
  await page.waitForSelector('.result-no');
  await shoot('result-refused');
  await backHome(page);
}

async function shootTrouble({ page, table, shoot }: Stage): Promise<void> {
  await givePin(table, 4);
  await press(page, '.home-tiles .tile', 1);
  await press(page, '.person', 4);
  await page.waitForSelector('.pad');
  await page.keyboard.type(pin);
  await page.waitForSelector('.result-good');
  await shoot('result-waiting');
  await backHome(page);
  await page.evaluate(() => {
    const missing = new DOMException('no camera', 'NotFoundError');
    navigator.mediaDevices.getUserMedia = () => Promise.reject(missing);
  });
  await press(page, '.home-tiles .tile', 0);
  await page.waitForSelector('.session-none');
  await shoot('check-in-no-camera');
  await press(page, '.session-ways .tile', 0);
  table.terminal.setDesired({ ...desiredOf(table), people: [] });
  await press(page, '.home-tiles .tile', 2);
  await page.waitForSelector('.look-empty');
  await shoot('people-none');
  await table.kiosk[Symbol.asyncDispose]();
  await page.waitForSelector('.notice-page');
  await shoot('lost');
}

function desiredOf({ terminal }: TableKiosk): NonNullable<ReturnType<typeof terminal.desired>> {
  const desired = terminal.desired();
  if (desired === null) throw new Error('The stage has no desired state.');
  return desired;
}

function personIdOf(i: number): string {
  const person = tablePeople[i];
  if (person === undefined) throw new Error(`There is no person ${i} on the stage.`);
  return person.personId;
}

async function givePin({ client }: TableKiosk, i: number): Promise<void> {
  await client.post('/api/pin', { personId: personIdOf(i), code: `1000000${i}`, pin });
}

async function press(page: Page, selector: string, i: number): Promise<void> {
  await page.locator(selector).nth(i).click();
}

async function backHome(page: Page): Promise<void> {
  await press(page, '.result-ways .tile', 0);
  await page.waitForSelector('.home');
}
