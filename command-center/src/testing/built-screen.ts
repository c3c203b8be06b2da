import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Route } from 'playwright-core';
import { build, loadConfigFromFile } from 'vite';

const packageDir = fileURLToPath(new URL('../../', import.meta.url));

/** The screen's page built into a folder of its own, so that a test needs no build before it. */
export interface BuiltScreen extends AsyncDisposable {
  /** Gives this build to a browser in place of the server's, under the server's own policy. */
  serveTo(context: BrowserContext, centreUrl: string): Promise<void>;
}

export async function buildScreen(): Promise<BuiltScreen> {
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
  const page = async (route: Route): Promise<void> => {
    const { headers } = await fetch(route.request().url());
    const policy = headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    const html = await readFile(join(folder, 'screen.html'), 'utf8');
    await route.fulfill({
      body: html.replaceAll('__CSP_NONCE__', nonce),
      headers: { 'content-type': 'text/html', 'content-security-policy': policy },
    });
  };
  return {
    async serveTo(context, centreUrl) {
      await context.route(`${centreUrl}/screen/**`, page);
      await context.route(`${centreUrl}/assets/**`, (route) =>
        route.fulfill({ path: join(folder, new URL(route.request().url()).pathname) }),
      );
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
