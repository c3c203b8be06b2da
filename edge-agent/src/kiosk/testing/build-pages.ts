import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onceARun } from '@sightline/look/testing/once-a-run';

const room = fileURLToPath(new URL('../../../', import.meta.url));

/** Puts the kiosk's page into `outDir`, as the package's own build makes it: in a process of its own, for production. */
export async function buildPages(outDir: string): Promise<void> {
  await using made = await onceARun('kiosk-pages', build);
  await cp(made.dir, outDir, { recursive: true });
}

async function build(outDir: string): Promise<void> {
  const vite = dirname(createRequire(import.meta.url).resolve('vite/package.json'));
  const args = [join(vite, 'bin/vite.js'), 'build', '--logLevel', 'error', '--emptyOutDir'];
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, [...args, '--outDir', outDir], { cwd: room, env });
}
