import { press, stagePin, type Stage } from '#kiosk/testing/shot-stage.ts';

/** 我的值班 of the first person, and an appeal against one of them up to its confirmation. */
export async function shootOwnDuties({ page, shoot }: Stage): Promise<void> {
  await press(page, '.home-tiles .tile', 2);
  await press(page, '.person', 0);
  await page.waitForSelector('.person-ways');
  await page.locator('.person-ways .tile').nth(-2).click();
  await page.waitForSelector('.pad');
  await page.keyboard.type(stagePin);
  await page.waitForSelector('.own-duty-list');
  await shoot('own-duties');
  await press(page, '.own-duty-list .way', 0);
  await page.waitForSelector('.appeal');
  await shoot('appeal');
  await press(page, '.appeal-choice', 1);
  await press(page, '.appeal-ways .way', 0);
  await page.waitForSelector('textarea');
  await shoot('appeal-write');
  await press(page, '.complaint-foot .way', 0);
  await press(page, '.appeal-ways .way-main', 0);
  await page.waitForSelector('.own-duty-receipt');
  await shoot('appeal-kept');
  await press(page, '.complaint-receipt .way-main', 0);
  await page.waitForSelector('.home');
}
