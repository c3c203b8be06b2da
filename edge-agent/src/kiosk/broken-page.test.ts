import type { KioskMessage } from '@sightline/contracts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openBuiltKiosk, type BuiltKiosk } from '#kiosk/testing/built-kiosk.ts';
import { openTableKiosk, tableTime } from '#kiosk/testing/table-kiosk.ts';
import { tableDesired, TableTerminal } from '#kiosk/testing/table-terminal.ts';
import { inspectPage } from '#kiosk/testing/visit-kiosk.ts';

vi.setConfig({ testTimeout: 240_000 });

let built: BuiltKiosk;
beforeAll(async () => {
  built = await openBuiltKiosk();
}, 240_000);
afterAll(() => built[Symbol.asyncDispose]());

/** The agent's word without something that every state has. */
const withoutPeople = (text: string): string => {
  // Written by the agent itself.
  const message = JSON.parse(text) as KioskMessage;
  if (message.kind !== 'state') return text;
  return JSON.stringify({ ...message, state: { ...message.state, people: null } });
};

test.each(['zh', 'bo', 'en'])(
  'a kiosk that was told what it cannot draw says so in %s, keeps its frame, and is back by itself',
  async (language) => {
    await using table = await openTableKiosk({
      pages: built.pages,
      terminal: new TableTerminal(tableTime, tableDesired({})),
    });
    const page = await built.browser.newPage({ viewport: { width: 1366, height: 768 } });
    page.setDefaultTimeout(60_000);
    await page.addInitScript(`localStorage.setItem('sightline.language', '${language}')`);
    let isWrong = true;
    await page.routeWebSocket('**/api/kiosk', (socket) => {
      const agent = socket.connectToServer();
      agent.onMessage((message) => {
        socket.send(isWrong && typeof message === 'string' ? withoutPeople(message) : message);
      });
    });
    await page.goto(table.kiosk.url);
    await page.locator('.look-broken').waitFor();
    expect(await page.locator('.kiosk').count()).toBe(1);
    expect(await inspectPage(page, `broken-${language}`)).toEqual([]);
    isWrong = false;
    await page.locator('.home').waitFor();
    await page.close();
  },
);
