import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { isRegion } from '@sightline/contracts';
import type { Simulator } from './simulator.ts';

/** Where the control door is written down for `npm run simulate`. */
export const controlFile = 'control.json';

/**
 * POST /dark?region=… and /return?region=… on the loopback, with the token of `control.json` (0600).
 * Replies `{terminals: n}`.
 */
export async function openControl(dir: string, simulator: Simulator): Promise<AsyncDisposable> {
  const token = randomBytes(24).toString('base64url');
  const server = createServer((request, response) => {
    const { status, body } = answer(request, token, simulator);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  server.requestTimeout = 5000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // A TCP server has a TCP address.
  const door = { url: `http://127.0.0.1:${port}`, token };
  await writeFile(join(dir, controlFile), JSON.stringify(door), { mode: 0o600 });
  return {
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

function answer(request: IncomingMessage, token: string, simulator: Simulator): Answer {
  if (!isToken(request.headers.authorization, token)) {
    return { status: 401, body: { detail: 'The token of control.json is missing.' } };
  }
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const region = url.searchParams.get('region') ?? '';
  const isKnown = url.pathname === '/dark' || url.pathname === '/return';
  if (request.method !== 'POST' || !isKnown || !isRegion(region)) {
    const detail =
      'POST /dark?region=CODE or /return?region=CODE is expected; 4, 6, 9 or 12 digits.';
    return { status: 400, body: { detail } };
  }
  return { status: 200, body: { terminals: simulator.cut(region, url.pathname === '/dark') } };
}

function isToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
