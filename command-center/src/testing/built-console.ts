import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageDir = fileURLToPath(new URL('../../', import.meta.url));
const vite = fileURLToPath(new URL('bin/vite.js', import.meta.resolve('vite/package.json')));

/** The pages built as they are delivered, into a folder of their own. */
export interface BuiltPages extends AsyncDisposable {
  readonly dir: string;
}

export async function buildPagesApart(): Promise<BuiltPages> {
  const dir = await mkdtemp(join(tmpdir(), 'sightline-pages-'));
  const args = [vite, 'build', '--outDir', dir, '--logLevel', 'error'];
  const child = spawn(process.execPath, args, {
    cwd: packageDir,
    // A test runner's own mode must not slip into the pages.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`vite build ended with ${String(code)}.`);
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}
