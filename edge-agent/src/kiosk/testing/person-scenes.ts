import { scriptedFace } from '#kiosk/testing/scripted-eyes.ts';
import { backHome, press, shootSession, stagePin, type Stage } from '#kiosk/testing/shot-stage.ts';

/** 人员录入 up to the code with which a second person vouches. */
export async function shootPeople({ page, shoot }: Stage): Promise<void> {
  await press(page, '.home-tiles .tile', 2);
  await page.waitForSelector('.person');
  await shoot('people');
  await press(page, '.person', 1);
  await page.waitForSelector('.person-ways');
  await shoot('person');
  await press(page, '.person-ways .tile', 0);
  await page.waitForSelector('.consent');
  await shoot('consent');
  await page.evaluate(() => document.querySelector('.consent')?.scrollTo(0, 9_999));
  await shoot('consent-end');
  await press(page, '.consent-ways .tile', 1);
  await page.waitForSelector('.pad');
  await page.keyboard.type('20000');
  await shoot('code');
}

export async function shootEnrolment(stage: Stage): Promise<void> {
  const { page, eyes, shoot } = stage;
  eyes.show([scriptedFace(1)], 8);
  await page.keyboard.type('001');
  await page.waitForFunction(() => document.querySelectorAll('.progress-full').length > 1);
  await shootSession(stage, 'enrol');
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

/** 撤回同意, of somebody without a PIN and of somebody with one. */
export async function shootWithdrawal({ page, shoot }: Stage): Promise<void> {
  await press(page, '.home-tiles .tile', 2);
  await press(page, '.person', 5);
  await press(page, '.person-ways .tile', 2);
  await page.waitForSelector('.consent');
  await shoot('withdraw-no-pin');
  await press(page, '.consent-ways .tile', 0);
  await press(page, '.back', 0);
  await press(page, '.person', 0);
  await page.waitForSelector('.person-ways');
  await shoot('person-enrolled');
  await press(page, '.person-ways .tile', 2);
  await page.waitForSelector('.consent');
  await shoot('withdraw');
  await press(page, '.consent-ways .tile', 1);
  await page.waitForSelector('.pad');
  await page.keyboard.type(stagePin.slice(0, 3));
  await shoot('withdraw-pin');
  await page.keyboard.type(stagePin.slice(3));
  await page.waitForSelector('.result-good');
  await shoot('result-withdrawn');
  await backHome(page);
}
