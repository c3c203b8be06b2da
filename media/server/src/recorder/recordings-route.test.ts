import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limits } from '#limits.ts';
import { recordingTokenKey } from '#signalling/read-recording-token.ts';
import { testSecret } from '#testing/orders.ts';
import { addRecordings } from './recordings-route.ts';

const [meetingId, recordingId] = [randomUUID(), randomUUID()];
const seatId = 'venue-540235100201';
const key = recordingTokenKey(testSecret);
const nowMs = Date.parse('2026-11-27T12:00:00Z');
const small = Buffer.from(Array.from({ length: 1_000 }, (_, at) => at % 251));
const large = Buffer.alloc(limits.recorder.rangeBytes + 5, 7);
let dir: string;
let app: FastifyInstance;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'recordings-'));
  const seatDir = join(dir, meetingId, recordingId, seatId);
  await mkdir(seatDir, { recursive: true });
  await writeFile(join(seatDir, '000000.webm'), small);
  await writeFile(join(seatDir, '000001.webm'), large);
  app = Fastify();
  addRecordings(app, { dir, key, now: () => nowMs });
});
afterAll(async () => {
  await app.close();
  await rm(dir, { recursive: true });
});

function tokenOf(more: Record<string, unknown> = {}): string {
  const claims = { v: 1, meetingId, recordingId, until: nowMs / 1000 + 60, ...more };
  const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`;
}

const ask = (no: string, { range = '', token = tokenOf(), of = recordingId } = {}) =>
  app.inject({
    url: `/recordings/${meetingId}/${of}/${seatId}/${no}`,
    headers: { authorization: `Bearer ${token}`, ...(range === '' ? {} : { range }) },
  });

test('a segment is had whole or by one range, and what cannot be met is said to be so', async () => {
  const whole = await ask('0');
  expect([whole.statusCode, whole.rawPayload.equals(small)]).toEqual([200, true]);
  for (const [range, from, to] of [
    ['bytes=0-', 0, 999],
    ['bytes=10-19', 10, 19],
    ['bytes=990-5000', 990, 999],
    ['bytes=-5', 995, 999],
  ] as const) {
    const part = await ask('0', { range });
    expect([range, part.statusCode, part.headers['content-range']]).toEqual([
      range,
      206,
      `bytes ${from}-${to}/1000`,
    ]);
    expect(part.rawPayload.equals(small.subarray(from, to + 1))).toBe(true);
  }
  for (const range of ['bytes=1000-', 'bytes=5-4', 'bytes=-0']) {
    const none = await ask('0', { range });
    expect([range, none.statusCode, none.rawPayload.length]).toEqual([range, 416, 0]);
  }
});

test('a range is never longer than its ceiling, and several ranges are one whole answer', async () => {
  const { rangeBytes } = limits.recorder;
  const part = await ask('1', { range: 'bytes=0-' });
  expect(part.headers['content-range']).toBe(`bytes 0-${rangeBytes - 1}/${large.length}`);
  expect(part.rawPayload.length).toBe(rangeBytes);
  const several = await ask('0', { range: `bytes=${'0-1,'.repeat(2_000)}2-3` });
  expect([several.statusCode, several.rawPayload.length]).toEqual([200, small.length]);
  const long = await ask('0', { range: `bytes=${'9'.repeat(40)}-` });
  expect([long.statusCode, long.rawPayload.length]).toEqual([200, small.length]);
});

test('a key opens its own recording until its time; anything else is refused alike', async () => {
  const refused = async (asked: ReturnType<typeof ask>) => {
    const { statusCode, body } = await asked;
    return [statusCode, body];
  };
  const first = await refused(ask('0', { token: 'none.none' }));
  expect(first[0]).toBe(401);
  for (const asked of [
    ask('0', { token: tokenOf({ until: nowMs / 1000 - 1 }) }),
    ask('0', { token: tokenOf({ recordingId: randomUUID() }) }),
    ask('0', { of: randomUUID() }),
    ask('0', { token: `${tokenOf().slice(0, -2)}AA` }),
  ]) {
    expect(await refused(asked)).toEqual(first);
  }
  const paths = ['7', '..', '%2e%2e', '0.webm', '99999999'];
  for (const no of paths) {
    expect([no, (await ask(no)).statusCode]).toEqual([no, 404]);
  }
});
