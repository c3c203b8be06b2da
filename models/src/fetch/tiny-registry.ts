import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { PinnedSet } from '#fetch/fetch-files.ts';

/** How the registry of a test behaves. */
export type RegistryMood = 'honest' | 'silent' | 'gone';

/** For tests: an npm registry on loopback with one package, `tiny@1.0.0`, and the set of files that it holds. */
export interface TinyRegistry extends AsyncDisposable {
  readonly url: string;
  readonly set: PinnedSet;
  /** Requests for the tarball so far. */
  tarballRequests(): number;
  behave(mood: RegistryMood): void;
}

/** Opens the registry; its package's files are those given, by their path in the tarball. */
export async function openTinyRegistry(
  workDir: string,
  files: Readonly<Record<string, string>>,
): Promise<TinyRegistry> {
  const tarball = await makeTarball(workDir, files);
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const state: { mood: RegistryMood; requests: number } = { mood: 'honest', requests: 0 };
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.tgz') !== true)
      return sendJson(response, packument(urlOf(server), integrity));
    state.requests++;
    if (state.mood === 'honest') response.end(tarball);
    if (state.mood === 'gone') response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: urlOf(server),
    set: {
      sources: {
        tiny: { package: 'tiny@1.0.0', integrity, bytes: tarball.length, licence: 'MIT' },
      },
      files: Object.entries(files).map(([path, text]) => pin(path, text)),
      command: 'fetch the tiny files',
    },
    tarballRequests: () => state.requests,
    behave: (mood) => void (state.mood = mood),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function makeTarball(
  workDir: string,
  files: Readonly<Record<string, string>>,
): Promise<Buffer> {
  const packed = {
    ...files,
    'package/package.json': JSON.stringify({ name: 'tiny', version: '1.0.0' }),
  };
  for (const [path, text] of Object.entries(packed)) {
    await mkdir(dirname(join(workDir, path)), { recursive: true });
    await writeFile(join(workDir, path), text);
  }
  const file = join(workDir, 'tiny.tgz');
  execFileSync('tar', ['-czf', file, '-C', workDir, 'package']);
  return await readFile(file);
}

function pin(path: string, text: string): PinnedSet['files'][number] {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return {
    file: path.split('/').at(-1) ?? path,
    bytes: Buffer.byteLength(text),
    sha256,
    from: { source: 'tiny', path },
  };
}

function packument(url: string, integrity: string): unknown {
  const dist = { tarball: `${url}tiny/-/tiny-1.0.0.tgz`, integrity };
  const version = { name: 'tiny', version: '1.0.0', dist };
  return { name: 'tiny', 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': version } };
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

function urlOf(server: Server): string {
  // A server that listens on TCP has an address of this shape; a pipe would have a string.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
