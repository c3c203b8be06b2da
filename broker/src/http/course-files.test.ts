import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, truncate } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectText, fetchText, type NonceReply } from '@sightline/contracts';
import { courseFilePath, revokeTerminal } from '@sightline/store';
import { insertCourse, type TestCourse } from '@sightline/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Broker } from '#start-broker.ts';
import { limits } from '#limits.ts';
import type { Device } from '#testing/device.ts';
import { openOn, openTestBroker, type TestBroker } from '#testing/open-test-broker.ts';

/** More than the buffers of a connection hold. */
const film = randomBytes(24 * 1024 ** 2);
const total = film.length;
let on: TestBroker;
let broker: Broker;
let coursesDir: string;
let course: TestCourse;
let sha256: string;
let device: Device;
let neighbour: Device;

beforeAll(async () => {
  coursesDir = await mkdtemp(join(tmpdir(), 'sightline-courses-'));
  on = await openTestBroker({ devices: 3 });
  [device, neighbour] = on.devices as unknown as [Device, Device]; // As many as asked for.
  broker = await openOn(on.store.databaseUrl, {}, { coursesDir });
  course = await insertCourse(on.store, { region: device.region, films: [film], coursesDir });
  sha256 = course.manifest.files[0]?.sha256 ?? '';
});
afterAll(async () => {
  await broker[Symbol.asyncDispose]();
  await on[Symbol.asyncDispose]();
  await rm(coursesDir, { recursive: true });
});

async function nonceFor({ source }: Device): Promise<string> {
  const reply = await fetch(`http://127.0.0.1:${broker.httpPort}/nonce`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source }),
  });
  return ((await reply.json()) as NonceReply).nonce;
}

async function headerFor(by: Device, file: string): Promise<string> {
  const nonce = await nonceFor(by);
  return `Sightline ${by.source}.${nonce}.${by.sign(fetchText(by.source, nonce, file))}`;
}

interface Ask {
  readonly by?: Device;
  readonly file?: string;
  readonly range?: string;
  readonly authorization?: string;
}

async function ask({ by = device, file = sha256, range, authorization }: Ask = {}) {
  return fetch(`http://127.0.0.1:${broker.httpPort}/courses/files/${file}`, {
    headers: {
      authorization: authorization ?? (await headerFor(by, file)),
      ...(range === undefined ? {} : { range }),
    },
  });
}

describe('a file of a course', () => {
  test('comes whole, or the range that was asked for, by its hash as its mark', async () => {
    const whole = await ask();
    expect([whole.status, whole.headers.get('etag')]).toEqual([200, `"${sha256}"`]);
    expect(Buffer.from(await whole.arrayBuffer()).equals(film)).toBe(true);
    const part = await ask({ range: 'bytes=1000-1999' });
    expect([part.status, part.headers.get('content-range')]).toEqual([
      206,
      `bytes 1000-1999/${total}`,
    ]);
    const bytes = Buffer.from(await part.arrayBuffer());
    expect(bytes.equals(film.subarray(1_000, 2_000))).toBe(true);
    const behind = await ask({ range: `bytes=${total}-` });
    expect([behind.status, behind.headers.get('content-range')]).toEqual([416, `bytes */${total}`]);
    const manifest = await ask({ file: course.sha256 });
    expect(await manifest.json()).toEqual(course.manifest);
  });

  test('is not there for a terminal whose village is not assigned the course, nor is one nobody knows', async () => {
    expect((await ask({ by: neighbour })).status).toBe(404);
    expect((await ask({ by: neighbour, file: course.sha256 })).status).toBe(404);
    expect((await ask({ file: 'f'.repeat(64) })).status).toBe(404);
    const authorization = await headerFor(device, '../../etc/passwd');
    const path = { file: '..%2f..%2fetc%2fpasswd', authorization };
    expect((await ask(path)).status).toBe(404);
  });

  test('needs a fresh nonce, signed for this very file, by a key that is not revoked', async () => {
    const used = await headerFor(device, sha256);
    expect((await ask({ authorization: used, range: 'bytes=0-9' })).status).toBe(206);
    const again = await ask({ authorization: used });
    expect([again.status, await again.json()]).toMatchObject([401, { code: 'bad-nonce' }]);
    const other = await headerFor(device, course.sha256);
    expect((await ask({ authorization: other })).status).toBe(401);
    const nonce = await nonceFor(device);
    const forConnect = device.sign(connectText(device.source, nonce));
    expect(
      (await ask({ authorization: `Sightline ${device.source}.${nonce}.${forConnect}` })).status,
    ).toBe(401);
    for (const authorization of ['', 'Bearer x', `Sightline ${device.source}`, `Sightline a.b.c`]) {
      expect((await ask({ authorization })).status).toBe(401);
    }
    const [, , gone] = on.devices as unknown as [Device, Device, Device];
    const now = new Date().toISOString();
    await revokeTerminal(on.store, { terminalId: gone.terminalId, now, actor: 'system:test' });
    const reply = await ask({ by: gone });
    expect([reply.status, await reply.json()]).toMatchObject([401, { code: 'revoked' }]);
  });

  test('that is shorter on the disk than it is said to be is not handed out', async () => {
    const short = randomBytes(5_000);
    const { manifest } = await insertCourse(on.store, {
      region: device.region,
      films: [short],
      coursesDir,
    });
    const file = manifest.files[0]?.sha256 ?? '';
    await truncate(courseFilePath(coursesDir, file), 4_000);
    expect((await ask({ file })).status).toBe(503);
    await rm(courseFilePath(coursesDir, file));
    expect((await ask({ file })).status).toBe(503);
  });

  test('so many on their way at once, and no more; who goes away gives the place back', async () => {
    const open = async () => {
      const authorization = await headerFor(device, sha256);
      const socket = connect(broker.httpPort, '127.0.0.1').pause();
      await once(socket, 'connect');
      socket.write(
        `GET /courses/files/${sha256} HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n\r\n`,
      );
      return socket;
    };
    const sockets = [];
    for (let each = 0; each < limits.courseStreams; each += 1) sockets.push(await open());
    const status = async () => {
      const reply = await ask({ range: 'bytes=0-9' });
      await reply.arrayBuffer();
      return reply.status;
    };
    await expect.poll(status, { timeout: 10_000 }).toBe(503);
    const busy = await ask();
    expect(busy.headers.get('retry-after')).toBe('5');
    for (const socket of sockets) socket.destroy();
    await expect.poll(status, { timeout: 10_000 }).toBe(206);
  }, 60_000);

  test('a broker that was given no folder has none', async () => {
    const [plain, other] = [broker, on];
    broker = other;
    expect((await ask()).status).toBe(404);
    broker = plain;
  });
});
