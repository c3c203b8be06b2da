import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join, normalize } from 'node:path';

/** The repository's root, served as it lies on disk with types stripped: no bundler in between. */
const rootDir = join(import.meta.dirname, '..', '..', '..');

const contentTypes: Readonly<Record<string, string>> = {
  '.ts': 'text/javascript',
  '.json': 'application/json',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

const importMap = {
  imports: {
    '@sightline/contracts/divisions': '/contracts/src/divisions/divisions.ts',
    '#region-path.ts': '/contracts/src/region-path.ts',
  },
};

export interface SourceServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/` answers with `body` around an import map for our packages. */
  readonly url: string;
}

/** Serves one page and the sources below the repository on a free loopback port. */
export async function serveSource(body: string): Promise<SourceServer> {
  const page = `<!doctype html><meta charset="utf-8"><script type="importmap">${JSON.stringify(importMap)}</script>${body}`;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    answer(path, page).then(
      ({ type, content }) => response.writeHead(200, { 'content-type': type }).end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // A TCP server that listens has one.
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  path: string,
  page: string,
): Promise<{ readonly type: string; readonly content: string | Buffer }> {
  if (path === '/') return { type: 'text/html', content: page };
  const content = await readFile(join(rootDir, normalize(path)));
  const extension = extname(path);
  const type = contentTypes[extension] ?? 'application/octet-stream';
  return {
    type,
    content: extension === '.ts' ? stripTypeScriptTypes(content.toString()) : content,
  };
}
