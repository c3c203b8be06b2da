import type { Challenge } from '@sightline/contracts';
import { scriptedFace } from '#kiosk/testing/scripted-eyes.ts';
import { backHome, press, shootSession, type Stage } from '#kiosk/testing/shot-stage.ts';

const goodFace = scriptedFace(0);
const darkFace = { ...goodFace, quality: { ...goodFace.quality, brightness: 10 } };
const stranger = scriptedFace(3);
/** Turned to the person's own left. */
const turnedFace = { ...goodFace, pose: { ...goodFace.pose, yawDeg: -25 } };
const lifelessFace = { ...scriptedFace(1), liveness: 0 };

/** 人脸签到: before anybody is recognised, and a stranger's end. */
export async function shootCheckIn(stage: Stage): Promise<void> {
  const { page, eyes, shoot } = stage;
  eyes.show([]);
  await press(page, '.home-tiles .tile', 0);
  await page.waitForSelector('.session-ask');
  await shootSession(stage, 'check-in');
  eyes.show([darkFace]);
  await page.getByText('光线太暗').waitFor();
  await shootSession(stage, 'check-in-too-dark');
  eyes.show([stranger]);
  await page.waitForSelector('.result-no');
  await shoot('result-not-recognised');
  await backHome(page);
}

/** 动作活体: each challenge; a turned head is called back and, already on duty, told so. */
export async function shootChallenges(stage: Stage): Promise<void> {
  const { page, eyes, shoot } = stage;
  for (const challenge of ['blink', 'turn-right', 'turn-left'] as const) {
    await beginChallenge(stage, challenge);
    await shootAndLeave(stage, `check-in-${challenge}`);
  }
  await turnLeft(stage);
  await shootAndLeave(stage, 'check-in-turn-back');
  await turnLeft(stage);
  eyes.show([goodFace]);
  await page.waitForSelector('.result-again');
  await shoot('result-already');
  await backHome(page);
}

/** A challenge is soon over: one picture each. */
async function shootAndLeave({ page, eyes, shoot }: Stage, name: string): Promise<void> {
  await eyes.whileShut(async () => {
    await shoot(name);
    await press(page, '.session-ways .tile', 0);
    await page.waitForSelector('.home');
  });
}

async function beginChallenge({ page, eyes, props }: Stage, challenge: Challenge): Promise<void> {
  props.challenge = challenge;
  eyes.show([goodFace]);
  await press(page, '.home-tiles .tile', 0);
  await page.waitForSelector('.session-acting');
}

async function turnLeft(stage: Stage): Promise<void> {
  await beginChallenge(stage, 'turn-left');
  stage.eyes.show([turnedFace]);
  await stage.page.waitForSelector('.session-returning');
}

/** A camera that plays recorded footage says so everywhere. */
export async function shootSample(stage: Stage): Promise<void> {
  const { page, eyes, table, props, shoot } = stage;
  props.isSample = true;
  table.terminal.setState({});
  await page.waitForSelector('.strip-sample');
  await shoot('home-sample');
  eyes.show([]);
  await press(page, '.home-tiles .tile', 0);
  await page.waitForSelector('.camera-sample');
  await page.waitForFunction(() => document.querySelector('video')?.srcObject !== null);
  await shootSession(stage, 'check-in-sample');
  await press(page, '.session-ways .tile', 0);
  props.isSample = false;
  table.terminal.setState({});
  await page.waitForSelector('.strip-sample', { state: 'detached' });
}

/** No camera: the PIN is the way. */
export async function shootNoCamera({ page, shoot }: Stage): Promise<void> {
  await page.evaluate(() => {
    const missing = new DOMException('no camera', 'NotFoundError');
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = () => {
      mediaDevices.getUserMedia = open;
      return Promise.reject(missing);
    };
  });
  await press(page, '.home-tiles .tile', 0);
  await page.waitForSelector('.session-none');
  await shoot('check-in-no-camera');
  await press(page, '.session-ways .tile', 0);
}

/** So many failures that look like a deceit that faces are not looked at for a while. */
export async function shootLock({ page, eyes, shoot }: Stage): Promise<void> {
  eyes.show([lifelessFace]);
  await press(page, '.home-tiles .tile', 0);
  await page.waitForSelector('.result-no');
  await shoot('result-not-live');
  await backHome(page);
  await page.evaluate('window.repeatsFrames = true');
  for (const time of ['second', 'third', 'fourth', 'last']) {
    await press(page, '.home-tiles .tile', 0);
    await page.waitForSelector('.result-no');
    if (time === 'last') await shoot('result-replayed');
    await backHome(page);
  }
  await page.evaluate('window.repeatsFrames = false');
  await page.waitForSelector('.tile-note');
  await shoot('home-locked');
}
