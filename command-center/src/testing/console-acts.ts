import type { Page } from 'playwright-core';

/*
 * What is done on a page before its picture is taken. The language of the page is not known here:
 * buttons are found by their place.
 */

export async function issueCode(page: Page): Promise<void> {
  await page.locator('.person .actions button').nth(1).click();
  await page.locator('.code-text').waitFor();
}

export async function openLedger(page: Page): Promise<void> {
  await openLedgerOf(page, 0);
}

async function openLedgerOf(page: Page, person: number): Promise<void> {
  const row = page.locator('.person').nth(person);
  await row.locator('[aria-expanded]').click();
  await row.locator('.ledger ol > li').first().waitFor();
}

export async function openReceipt(page: Page): Promise<void> {
  await openReceiptOf(page, 0);
}

export async function openForged(page: Page): Promise<void> {
  await openReceiptOf(page, 2);
}

async function openReceiptOf(page: Page, person: number): Promise<void> {
  await openLedgerOf(page, person);
  await page.locator('.ledger-receipt button').first().click();
  await page.locator('.receipt').waitFor();
}

/** As it comes out of a printer. */
export async function openPaper(page: Page): Promise<void> {
  await openReceipt(page);
  await page.emulateMedia({ media: 'print' });
}

export async function showCheckIns(page: Page): Promise<void> {
  await page.locator('.check-ins li').last().scrollIntoViewIfNeeded();
}

export async function askWithdraw(page: Page): Promise<void> {
  await page.locator('.person').nth(1).locator('.actions button').nth(2).click();
  await page.locator('.ant-modal-confirm').waitFor();
}

export async function issueEnrolment(page: Page): Promise<void> {
  await page.locator('.section .actions button').first().click();
  await page.locator('.code-text').waitFor();
}

export async function openAddPerson(page: Page): Promise<void> {
  await page.locator('.section-head button').first().click();
  await page.locator('.add-person input').first().fill('旦增');
}

export async function search(page: Page): Promise<void> {
  const opener = page.locator('.region-button');
  if (await opener.isVisible()) {
    await opener.click();
    await page.locator('.ant-drawer .region-search input').fill('nlm');
  } else {
    await page.keyboard.press('/');
    await page.keyboard.type('nlm');
  }
  await page.locator('.region-found:visible').waitFor();
}

export async function verify(page: Page): Promise<void> {
  await page.locator('.verdict button').click();
  await page.locator('.look-notice').waitFor();
}

export async function openHelp(page: Page): Promise<void> {
  await page.keyboard.press('?');
  await page.locator('.keys').waitFor();
}

/** By name, once it was said why. */
export async function openOrganisation(page: Page): Promise<void> {
  await page.locator('tbody tr.row').nth(3).click();
  await page.locator('.add-person button[type=submit]').click();
  await page.locator('.people .person').first().waitFor();
}
