import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tableTime } from '#kiosk/testing/table-kiosk.ts';
import { tableDesired, TableTerminal } from '#kiosk/testing/table-terminal.ts';
import { fetchPiece } from './fetch-piece.ts';

const film = randomBytes(1_000);
const file = { sha256: 'a'.repeat(64), bytes: film.length };
const right = 'bytes 100-199/1000';

interface Sent {
  readonly status: number;
  readonly range: string;
  readonly body: Buffer;
}
let sent: Sent;
let server: Server;
let brokerHttpUrl: string;
beforeAll(async () => {
  server = createServer((request, reply) => {
    if (request.url === '/nonce') {
      reply.setHeader('content-type', 'application/json');
      reply.end(JSON.stringify({ nonce: 'n'.repeat(22), expiresInMs: 60_000 }));
      return;
    }
    // Without a length, as a server may that does not keep to what it says.
    reply.writeHead(sent.status, { 'content-range': sent.range, 'transfer-encoding': 'chunked' });
    reply.end(sent.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  brokerHttpUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function ask(answer: Partial<Sent>) {
  sent = { status: 206, range: right, body: film.subarray(100, 200), ...answer };
  const terminal = new TableTerminal(tableTime, tableDesired());
  const signal = AbortSignal.timeout(20_000);
  return fetchPiece({ brokerHttpUrl, terminal }, { file, from: 100, to: 199, signal });
}

test('a piece is just the bytes that were asked for', async () => {
  expect(await ask({})).toEqual(film.subarray(100, 200));
});

test.each([
  ['more than was asked for', { body: film.subarray(100, 201) }, /sent more than bytes 100-199/],
  ['less', { body: film.subarray(100, 199) }, /Only 99 of 100 bytes came/],
  ['another range', { range: 'bytes 0-99/1000' }, /bytes 100-199\/1000 was expected/],
  ['a file of another length', { range: 'bytes 100-199/1001' }, /1000 was expected/],
  ['the whole file', { status: 200, body: film }, /answered 200/],
])('%s is no piece', async (_, answer, message) => {
  await expect(ask(answer)).rejects.toThrow(message);
});
