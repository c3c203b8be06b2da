import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { demoPin } from '#demo/set-demo-pins.ts';
import { openBrowser } from './browser.ts';
import { startTestConstellation } from './fixture.ts';
import { openKiosk } from './kiosk.ts';
import { openLivePage } from './live-page.ts';

/**
 * Runs in a network namespace of its own: everything is started and used while every packet that
 * would leave the machine goes into a counter. Prints `{outcome, cells, pages, foreign, probes, packets}`.
 */
const ip = (...args: string[]): void => void execFileSync('ip', args, { stdio: 'inherit' });

/** A way out that leads nowhere: names and addresses of the Internet seem to be reachable. */
function openDeadEnd(): () => number {
  ip('link', 'set', 'lo', 'up');
  ip('link', 'add', 'out', 'type', 'veth', 'peer', 'name', 'end');
  for (const name of ['out', 'end']) {
    writeFileSync(`/proc/sys/net/ipv6/conf/${name}/disable_ipv6`, '1');
    ip('link', 'set', name, 'up');
  }
  ip('addr', 'add', '10.99.99.2/24', 'dev', 'out');
  ip('neigh', 'add', '10.99.99.1', 'lladdr', '02:00:00:00:00:01', 'dev', 'out');
  ip('route', 'add', 'default', 'via', '10.99.99.1');
  return () => {
    const line = /^ *out:(.*)$/m.exec(readFileSync('/proc/self/net/dev', 'utf8'))?.[1] ?? '';
    const [, sent = NaN] = line.trim().split(/ +/).map(Number).slice(8);
    return sent;
  };
}

/** One packet on purpose: the counter must see it, or it would see nothing. */
async function sendProbe(): Promise<void> {
  const socket = createSocket('udp4');
  await new Promise((sent) => socket.send('probe', 53, '192.0.2.1', sent));
  socket.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run();

async function run(): Promise<void> {
  const packets = openDeadEnd();
  await sendProbe();
  const probes = packets();
  await using house = await startTestConstellation();
  const kiosk = await openKiosk(house.links.kiosk);
  const { people } = await kiosk.state();
  const checkIn = await kiosk.checkInByPin(people[0]?.personId ?? '', demoPin);
  await kiosk.waitFor('delivered', ({ outbox }) => outbox.waiting === 0);
  using screen = await openLivePage(house.links.screen);
  const cells = (await screen.snapshot()).cells.length;
  const foreign: string[] = [];
  const pages: string[] = [];
  const browser = await openBrowser();
  const context = await browser.newContext();
  context.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (hostname !== '127.0.0.1' && protocol !== 'data:') foreign.push(request.url());
  });
  for (const link of [house.links.screen, house.links.kiosk, house.links.signIn]) {
    const page = await context.newPage();
    await page.goto(link, { waitUntil: 'load', timeout: 60_000 });
    await page.waitForFunction(() => document.body.innerText.length > 20, null, {
      timeout: 60_000,
    });
    pages.push(await page.title());
  }
  await browser.close();
  const outcome = checkIn.body['outcome'];
  process.stdout.write(
    `${JSON.stringify({ outcome, cells, pages, foreign, probes, packets: packets() - probes })}\n`,
  );
}
