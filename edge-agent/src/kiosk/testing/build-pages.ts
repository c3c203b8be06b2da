import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const room = fileURLToPath(new URL('../../../', import.meta.url));

/** Builds the kiosk's page into `outDir`, as the package's own build does: in a process of its own, for production. */
export async function buildPages(outDir: string): Promise<void> {
  const vite = dirname(createRequire(import.meta.url).resolve('vite/package.json'));
  const args = [join(vite, 'bin/vite.js'), 'build', '--logLevel', 'error', '--emptyOutDir'];
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, [...args, '--outDir', outDir], { cwd: room, env });
}
