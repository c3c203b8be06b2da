import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onceARun, type MadeFolder } from '@sightline/look/testing/once-a-run';

const packageDir = fileURLToPath(new URL('../../', import.meta.url));
const vite = fileURLToPath(new URL('bin/vite.js', import.meta.resolve('vite/package.json')));

/** The pages built as they are delivered, apart from those of the last build. */
export function buildPagesApart(): Promise<MadeFolder> {
  return onceARun('centre-pages', build);
}

async function build(dir: string): Promise<void> {
  const args = [vite, 'build', '--outDir', dir, '--logLevel', 'error'];
  const child = spawn(process.execPath, args, {
    cwd: packageDir,
    // A test runner's own mode must not slip into the pages.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`vite build ended with ${String(code)}.`);
}
