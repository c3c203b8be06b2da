import type { Challenge } from '@sightline/contracts';
import type { Page } from 'playwright-core';
import type { ScriptedEyes } from '#kiosk/testing/scripted-eyes.ts';
import type { TableKiosk } from '#kiosk/testing/table-kiosk.ts';
import { tablePeople } from '#kiosk/testing/table-terminal.ts';

/** One kiosk before one browser window, made ready for pictures. */
export interface Stage {
  readonly page: Page;
  readonly table: TableKiosk;
  readonly eyes: ScriptedEyes;
  /** What the next session is drawn, and what the camera says of itself. */
  readonly props: { challenge: Challenge; isSample: boolean };
  readonly shoot: (name: string) => Promise<void>;
}

/** The PIN of everybody on the stage. */
export const stagePin = '246810';

/**
 * For the page: the footage before the camera begins again and again, and a frame that was seen before is
 * a replay. So each frame is marked; with `repeatsFrames` two frames take turns.
 */
export const markFrames = `{
  let count = 0;
  const { getImageData } = OffscreenCanvasRenderingContext2D.prototype;
  OffscreenCanvasRenderingContext2D.prototype.getImageData = function (...place) {
    const picture = getImageData.apply(this, place);
    count += 1;
    if (window.repeatsFrames) picture.data.fill(0).fill(count % 2, 0, 1);
    else picture.data.set([count & 255, count >> 8]);
    return picture;
  };
}`;

/** A picture of a running face session. */
export function shootSession({ eyes, shoot }: Stage, name: string): Promise<void> {
  return eyes.whileShut(() => shoot(name));
}

export function desiredOf({
  terminal,
}: TableKiosk): NonNullable<ReturnType<typeof terminal.desired>> {
  const desired = terminal.desired();
  if (desired === null) throw new Error('The stage has no desired state.');
  return desired;
}

export function personIdOf(i: number): string {
  const person = tablePeople[i];
  if (person === undefined) throw new Error(`There is no person ${i} on the stage.`);
  return person.personId;
}

export async function givePin({ client }: TableKiosk, i: number): Promise<void> {
  await client.post('/api/pin', { personId: personIdOf(i), code: `1000000${i}`, pin: stagePin });
}

export async function press(page: Page, selector: string, i: number): Promise<void> {
  await page.locator(selector).nth(i).click();
}

export async function backHome(page: Page): Promise<void> {
  await press(page, '.result-ways .tile', 0);
  await page.waitForSelector('.home');
}
