import {
  shootChallenges,
  shootCheckIn,
  shootLock,
  shootNoCamera,
  shootSample,
} from '#kiosk/testing/face-scenes.ts';
import { shootOwnDuties } from '#kiosk/testing/appeal-scenes.ts';
import { shootMeetings } from '#kiosk/testing/meeting-scenes.ts';
import { shootCourses } from '#kiosk/testing/course-scenes.ts';
import { shootEnrolment, shootPeople, shootWithdrawal } from '#kiosk/testing/person-scenes.ts';
import {
  backHome,
  desiredOf,
  givePin,
  personIdOf,
  press,
  stagePin,
  type Stage,
} from '#kiosk/testing/shot-stage.ts';
import { tableTime } from '#kiosk/testing/table-kiosk.ts';
import { tableCode, tablePeople } from '#kiosk/testing/table-terminal.ts';

/** Goes through every state of the kiosk, one picture each. */
export async function shootScenes(stage: Stage): Promise<void> {
  const { page, table } = stage;
  await page.goto(table.kiosk.url);
  await shootTerminalCode(stage);
  await shootPin(stage);
  await shootHome(stage);
  await shootWitness(stage);
  await shootCheckIn(stage);
  await shootChallenges(stage);
  await shootSample(stage);
  await shootNoCamera(stage);
  await shootPeople(stage);
  await shootEnrolment(stage);
  await shootWithdrawal(stage);
  await shootOwnDuties(stage);
  await shootCourses(stage);
  await shootSelfTest(stage);
  await shootMeetings(stage);
  await shootLock(stage);
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
  await page.keyboard.type(stagePin);
  await page.waitForSelector('.result-good');
  await shoot('result-checked-in');
  await backHome(page);
}

async function shootHome({ page, table, shoot }: Stage): Promise<void> {
  for (const i of [1, 2]) {
    await givePin(table, i);
    table.terminal.setTime(`2026-11-23T14:0${i}:00.000Z`);
    await table.client.post('/api/check-in/pin', { personId: personIdOf(i), pin: stagePin });
  }
  await page.locator('.duty').getByText(tablePeople[2].name).waitFor();
  await shoot('home');
  const outbox = { ...table.terminal.state().outbox, waiting: 3, oldestAt: tableTime };
  const link = { ...table.terminal.state().link, state: 'down', since: tableTime } as const;
  table.terminal.setState({ link, outbox, clockCertain: false });
  await page.waitForFunction(() => document.querySelectorAll('.strip-fact').length === 2);
  await shoot('home-outage');
}

/** 密码加见证. */
async function shootWitness({ page, table, shoot }: Stage): Promise<void> {
  await givePin(table, 3);
  await press(page, '.home-tiles .tile', 1);
  await press(page, '.switch', 0);
  await page.waitForSelector('.switch-on');
  await shoot('pin-who-witness');
  await press(page, '.person', 3);
  await page.waitForSelector('.pad');
  await page.keyboard.type(stagePin);
  await page.waitForSelector('.person');
  await shoot('witness-who');
  await press(page, '.person', 0);
  await page.waitForSelector('.pad');
  await page.keyboard.type('000000');
  await page.waitForSelector('.refusal .two-lines');
  await shoot('witness-pin');
  await page.keyboard.type(stagePin);
  await page.waitForSelector('.result-good');
  await shoot('result-witness');
  await backHome(page);
}

async function shootSelfTest({ page, shoot }: Stage): Promise<void> {
  await press(page, '.home-tiles .tile', 2);
  await page.click('.page-foot');
  await page.waitForSelector('.self-test-picture');
  await page.locator('.self-test-answers').nth(1).locator('button').first().click();
  await shoot('self-test');
  await page.click('.back');
  await page.click('.back');
}

async function shootTrouble({ page, table, shoot }: Stage): Promise<void> {
  await givePin(table, 4);
  await press(page, '.home-tiles .tile', 1);
  await press(page, '.person', 4);
  await page.waitForSelector('.pad');
  await page.keyboard.type(stagePin);
  await page.waitForSelector('.result-good');
  await shoot('result-waiting');
  await backHome(page);
  table.terminal.setDesired({ ...desiredOf(table), people: [] });
  await press(page, '.home-tiles .tile', 2);
  await page.waitForSelector('.look-empty');
  await shoot('people-none');
  await table.kiosk[Symbol.asyncDispose]();
  await page.waitForSelector('.notice-page');
  await shoot('lost');
}
