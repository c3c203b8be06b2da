import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect as connectPlain, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { io } from 'socket.io-client';
import { afterAll, expect, test } from 'vitest';
import { openTestMedia } from '#testing/open-media.ts';
import { makeOrder, signSeat } from '#testing/orders.ts';

const dir = mkdtempSync(join(tmpdir(), 'media-tls-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A certificate of one's own for `localhost`, signed by itself. */
function makePair(name: string) {
  const [keyFile, certificateFile] = [join(dir, `${name}.key`), join(dir, `${name}.pem`)];
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    keyFile,
  ];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync(
    'openssl',
    ['req', '-x509', ...key, ...subject, '-days', '2', '-out', certificateFile],
    {
      stdio: 'ignore',
    },
  );
  return { keyFile, certificateFile };
}

/** Null = the page came in; else why not. */
async function come(url: string, token: string, caFile: string): Promise<string | null> {
  const socket = io(url, {
    path: '/signal',
    auth: { token },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    ca: readFileSync(caFile, 'utf8'),
  });
  const outcome = await new Promise<string | null>((resolve) => {
    socket.once('connect', () => resolve(null));
    socket.once('connect_error', (fault) => resolve(fault.message));
  });
  socket.close();
  return outcome;
}

test('signalling over TLS takes who knows its certificate; nobody comes in without TLS or by another', async () => {
  const [own, other] = [makePair('own'), makePair('other')];
  await using media = await openTestMedia({ tls: own });
  const order = makeOrder(1);
  media.centre.order(order);
  const { meetingId } = order.control;
  const token = signSeat({ meetingId, seatId: order.venues[0] ?? '' });
  const { port } = new URL(media.url);
  expect(media.url).toMatch(/^https:/);
  expect(await come(`https://localhost:${port}`, token, own.certificateFile)).toBeNull();
  expect(await come(`https://localhost:${port}`, token, other.certificateFile)).not.toBeNull();
  // The certificate is of another name.
  expect(await come(`https://127.0.0.1:${port}`, token, own.certificateFile)).not.toBeNull();
  expect(await come(`http://localhost:${port}`, token, own.certificateFile)).not.toBeNull();
});

test('behind a proxy that ends TLS pages come in, and none of them may send plain RTP', async () => {
  const pair = makePair('proxy');
  await using media = await openTestMedia({ plain: 'closed' });
  const behind = Number(new URL(media.url).port);
  const [cert, key] = [pair.certificateFile, pair.keyFile].map((file) =>
    readFileSync(file, 'utf8'),
  );
  const proxy = createServer({ cert, key }, (near) => {
    const far = connectPlain(behind, '127.0.0.1');
    near.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo; // It listens on TCP.
  const order = makeOrder(1);
  media.centre.order(order);
  const { meetingId } = order.control;
  const token = signSeat({ meetingId, seatId: order.venues[0] ?? '' });
  const socket = io(`https://localhost:${port}`, {
    path: '/signal',
    auth: { token },
    transports: ['websocket'],
    reconnection: false,
    ...(cert === undefined ? {} : { ca: cert }),
  });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  const visitId = crypto.randomUUID();
  const request = { rtpCapabilities: null, channel: 'floor', visitId };
  const answer: unknown = await socket.timeout(5_000).emitWithAck('enter', request);
  expect(answer).toMatchObject({ ok: false, code: 'plain-closed' });
  socket.close();
  proxy.close();
  await once(proxy, 'close');
});
