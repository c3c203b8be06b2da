import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shootConsole, shootScreen } from '@sightline/command-center/shots';
import { shootKiosk } from '@sightline/edge-agent/shots';
import { openBrowser } from '@sightline/look/testing';
import { buildPages } from '#set-up/build-pages.ts';

/** npm run shots -- [screen|console|kiosk]: pictures of every page in ./shots, to be looked at. */
const rootDir = fileURLToPath(new URL('../../..', import.meta.url));
const folder = join(rootDir, 'shots');
const wanted = process.argv[2];
let count = 0;
const onShot = (name: string) => {
  count += 1;
  process.stderr.write(`  ${count} · ${name}\n`);
};

await buildPages(rootDir, (measured) => process.stderr.write(`  pages · ${measured}\n`));
const browser = await openBrowser();
try {
  if (wanted === undefined || wanted === 'screen') await shootScreen({ browser, folder, onShot });
  if (wanted === undefined || wanted === 'console') await shootConsole({ browser, folder, onShot });
  if (wanted === undefined || wanted === 'kiosk') await shootKiosk(folder, { onShot });
} finally {
  await browser.close();
}
process.stdout.write(`${count} pictures in ${folder}\n`);
process.exit(0);
