import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, loadConfigFromFile } from 'vite';

const packageDir = fileURLToPath(new URL('../../', import.meta.url));

/** The screen's page built into a folder of its own, so that a test needs no build before it. */
export async function buildScreen(): Promise<AsyncDisposable & { readonly pagesDir: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'sightline-screen-'));
  const file = join(packageDir, 'vite.config.ts');
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, file);
  await build({
    ...loaded?.config,
    configFile: false,
    logLevel: 'error',
    build: {
      ...loaded?.config.build,
      outDir: folder,
      rolldownOptions: { input: { screen: join(packageDir, 'ui/screen.html') } },
    },
  });
  return {
    pagesDir: folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
