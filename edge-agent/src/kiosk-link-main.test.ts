import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openKioskToken } from '#kiosk/kiosk-link.ts';
import { temporaryDir } from '#testing/temporary-dir.ts';

const main = fileURLToPath(new URL('./kiosk-link-main.ts', import.meta.url));

function run(dir: string) {
  const env = {
    PATH: process.env['PATH'],
    SIGHTLINE_AGENT_DIR: dir,
    SIGHTLINE_KIOSK_PORT: '7493',
  };
  return spawnSync(process.execPath, [main], { env, encoding: 'utf8', timeout: 30_000 });
}

it('prints the link that the terminal’s own token opens', async () => {
  await using dir = await temporaryDir();
  const token = await openKioskToken(dir.path);
  expect(run(dir.path)).toMatchObject({
    status: 0,
    stdout: `http://127.0.0.1:7493/#token=${token}\n`,
  });
});

it('says so where no terminal ever started', async () => {
  await using dir = await temporaryDir();
  const { status, stderr } = run(`${dir.path}/nobody`);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^The terminal of .*nobody has no link yet; start it once first\. .*\n$/);
});
