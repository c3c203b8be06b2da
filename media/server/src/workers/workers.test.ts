import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { freePorts } from '#testing/free-ports.ts';
import { realWorker } from '#testing/real-worker.ts';
import type { RtcListen } from './rtc-listen.ts';
import type { MediaWorker } from './start-worker.ts';
import { startWorkers, type Workers } from './start-workers.ts';

const mediaCodecs = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 } as const,
];
/** The promise of the room: a lost worker is replaced within it. */
const replacedWithinMs = 3_000;

let binary: string;
beforeAll(async () => {
  binary = await realWorker();
});

interface Seen {
  readonly workers: Workers;
  readonly rtc: RtcListen;
  readonly lost: string[];
  readonly ready: MediaWorker[];
  readonly lines: Record<string, unknown>[];
}

async function rtcOf(ports: number): Promise<RtcListen> {
  const min = await freePorts(ports);
  return { ip: '127.0.0.1', announcedAddress: null, ports: { min, max: min + ports - 1 } };
}

function logInto(lines: Record<string, unknown>[]): Logger {
  return pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) });
}

async function open(count: number, ports = count * 2): Promise<Seen & AsyncDisposable> {
  const rtc = await rtcOf(ports);
  const lost: string[] = [];
  const ready: MediaWorker[] = [];
  const lines: Record<string, unknown>[] = [];
  const workers = await startWorkers(
    { binary, rtc, count },
    {
      log: logInto(lines),
      onWorkerLost: (id) => lost.push(id),
      onWorkerReady: (worker) => ready.push(worker),
    },
  );
  const dispose = () => workers[Symbol.asyncDispose]();
  return { workers, rtc, lost, ready, lines, [Symbol.asyncDispose]: dispose };
}

const isAlive = (pid: number): boolean =>
  existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
const said = (lines: readonly Record<string, unknown>[], text: string): number =>
  lines.filter(({ msg }) => String(msg).includes(text)).length;

describe('workers', () => {
  test('are up with a port each, UDP and TCP, within the range, and none stays when they are disposed of', async () => {
    const seen = await open(2);
    const { workers, rtc, ready, lines } = seen;
    expect(ready.map(({ id }) => id)).toEqual(workers.all().map(({ id }) => id));
    const servers = await Promise.all(workers.all().map(({ webRtcServer }) => webRtcServer.dump()));
    for (const protocol of ['udpSockets', 'tcpServers'] as const) {
      const ports = servers.flatMap((server) => server[protocol].map(({ port }) => port));
      expect(new Set(ports).size).toBe(2);
      expect(ports.every((port) => port >= rtc.ports.min && port <= rtc.ports.max)).toBe(true);
    }
    const pids = workers.all().map(({ pid }) => pid);
    expect(pids.every(isAlive)).toBe(true);
    await seen[Symbol.asyncDispose]();
    expect(pids.filter(isAlive)).toEqual([]);
    expect(workers.all()).toEqual([]);
    expect(workers.pickWorker()).toBeNull();
    expect(said(lines, 'is ready')).toBe(2);
    expect(said(lines, 'lost')).toBe(0);
  });

  test('tell the address that browsers reach', async () => {
    const rtc = { ...(await rtcOf(2)), announcedAddress: 'meet.sightline.example' };
    await using workers = await startWorkers(
      { binary, rtc, count: 1 },
      { log: pino({ level: 'silent' }) },
    );
    const picked = workers.pickWorker();
    const router = await picked?.worker.createRouter({ mediaCodecs });
    const webRtcServer = picked?.webRtcServer;
    if (router === undefined || webRtcServer === undefined) throw new Error('No worker is up.');
    const transport = await router.createWebRtcTransport({ webRtcServer, enableTcp: true });
    expect(transport.iceCandidates.map(({ address }) => address)).toEqual([
      'meet.sightline.example',
      'meet.sightline.example',
    ]);
    expect(transport.iceCandidates.map(({ protocol }) => protocol).toSorted()).toEqual([
      'tcp',
      'udp',
    ]);
  });

  test('the least loaded is picked: rooms spread', async () => {
    await using seen = await open(2);
    const { workers } = seen;
    const picked: string[] = [];
    for (let n = 0; n < 4; n += 1) {
      const worker = workers.pickWorker();
      await worker?.worker.createRouter({ mediaCodecs });
      picked.push(worker?.id ?? '');
    }
    const counts = Map.groupBy(picked, (id) => id)
      .values()
      .toArray();
    expect(counts.map(({ length }) => length)).toEqual([2, 2]);
  });

  test('their use can be read', async () => {
    await using seen = await open(1);
    const [worker] = seen.workers.all();
    await worker?.worker.createRouter({ mediaCodecs });
    await vi.waitUntil(() => seen.workers.usage()[0]?.routers === 1, { timeout: 10_000 });
    const [usage] = seen.workers.usage();
    expect(usage).toMatchObject({ workerId: worker?.id, pid: worker?.pid });
    expect(usage?.residentPeakKb).toBeGreaterThan(1_000);
    expect(usage?.cpuMs).toBeGreaterThan(0);
    expect(usage?.cores).toBeLessThan(1);
  });
});

describe('a worker that is lost', () => {
  test('is replaced within 3 s, told once, and rooms can be made on the new one', async () => {
    await using seen = await open(1, 1); // The same port again.
    const { workers, lost, ready, lines } = seen;
    const [first] = ready;
    const router = await first?.worker.createRouter({ mediaCodecs });
    const killedMs = performance.now();
    process.kill(first?.pid ?? 0, 'SIGKILL');
    await vi.waitUntil(() => lost.length === 1, { timeout: 10_000, interval: 5 });
    expect(lost).toEqual([first?.id]);
    expect(workers.all()).toEqual([]);
    expect(router?.closed).toBe(true);
    await vi.waitUntil(() => ready.length === 2, { timeout: 10_000, interval: 5 });
    const tookMs = performance.now() - killedMs;
    expect(tookMs).toBeLessThan(replacedWithinMs);
    const [, second] = ready;
    expect(second?.id).not.toBe(first?.id);
    expect(workers.pickWorker()?.id).toBe(second?.id);
    const again = await second?.worker.createRouter({ mediaCodecs });
    expect(again?.closed).toBe(false);
    expect(said(lines, 'was lost')).toBe(1);
    expect(said(lines, 'is ready')).toBe(2);
  });

  test('is replaced ten times in a row', async () => {
    const seen = await open(1);
    const { workers, lost, ready } = seen;
    const tookMs: number[] = [];
    for (let kills = 1; kills <= 10; kills += 1) {
      const pid = workers.all()[0]?.pid ?? 0;
      const killedMs = performance.now();
      process.kill(pid, 'SIGKILL');
      await vi.waitUntil(() => ready.length === kills + 1, { timeout: 10_000, interval: 5 });
      tookMs.push(Math.round(performance.now() - killedMs));
    }
    expect(lost).toEqual(ready.slice(0, 10).map(({ id }) => id));
    expect(Math.max(...tookMs)).toBeLessThan(replacedWithinMs);
    await seen[Symbol.asyncDispose]();
    expect(ready.map(({ pid }) => pid).filter(isAlive)).toEqual([]);
  });

  test('leaves the others alone', async () => {
    await using seen = await open(2);
    const [one, other] = seen.workers.all();
    const router = await other?.worker.createRouter({ mediaCodecs });
    process.kill(one?.pid ?? 0, 'SIGKILL');
    await vi.waitUntil(() => seen.ready.length === 3, { timeout: 10_000, interval: 5 });
    expect(router?.closed).toBe(false);
    expect(seen.lost).toEqual([one?.id]);
  });

  test('because it hangs is killed and replaced', async () => {
    await using seen = await open(1);
    const [worker] = seen.workers.all();
    process.kill(worker?.pid ?? 0, 'SIGSTOP');
    await vi.waitUntil(() => seen.ready.length === 2, { timeout: 30_000 });
    expect(isAlive(worker?.pid ?? 0)).toBe(false);
    expect(said(seen.lines, 'hangs')).toBe(1);
  });

  test('comes back once its port is free again, and says once why it could not', async () => {
    await using seen = await open(1, 1);
    const [worker] = seen.workers.all();
    process.kill(worker?.pid ?? 0, 'SIGKILL');
    await vi.waitUntil(() => seen.lost.length === 1, { timeout: 10_000, interval: 1 });
    const squatter = createSocket('udp4').bind(seen.rtc.ports.min, '127.0.0.1');
    await once(squatter, 'listening');
    await vi.waitUntil(() => said(seen.lines, 'does not start') > 0, { timeout: 10_000 });
    expect(seen.ready.length).toBe(1);
    squatter.close();
    await vi.waitUntil(() => seen.ready.length === 2, { timeout: 10_000 });
    expect(said(seen.lines, 'does not start')).toBe(1);
  });
});

describe('workers do not start', () => {
  const log = pino({ level: 'silent' });

  test('on a port that is taken: the message names it and what to do', async () => {
    const rtc = await rtcOf(1);
    const squatter = createSocket('udp4').bind(rtc.ports.min, '127.0.0.1');
    await once(squatter, 'listening');
    const starting = startWorkers({ binary, rtc, count: 1 }, { log });
    await expect(starting).rejects.toThrow(
      new RegExp(
        `Media cannot listen on 127\\.0\\.0\\.1, port ${rtc.ports.min}, .*Stop the program`,
      ),
    );
    squatter.close();
  });

  test('when the range has fewer ports than there are workers, or is none', async () => {
    const rtc = await rtcOf(1);
    await expect(startWorkers({ binary, rtc, count: 2 }, { log })).rejects.toThrow(
      /2 media workers need a port each/,
    );
    const none = { ...rtc, ports: { min: 7_500, max: 7_400 } };
    await expect(startWorkers({ binary, rtc: none, count: 1 }, { log })).rejects.toThrow(
      /7500 to 7400 are no range/,
    );
  });

  test('from a binary that is none', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sightline-workers-test-'));
    const broken = join(dir, 'broken');
    await writeFile(broken, '#!/bin/sh\nexit 3\n');
    await chmod(broken, 0o755);
    const rtc = await rtcOf(1);
    for (const path of [broken, join(dir, 'nothing')]) {
      await expect(startWorkers({ binary: path, rtc, count: 1 }, { log })).rejects.toThrow(
        `The media worker ${path} did not start`,
      );
    }
    await rm(dir, { recursive: true });
  });
});

test('a program that is killed leaves no worker', async () => {
  const main = join(import.meta.dirname, '../testing/workers-main.ts');
  const child = spawn(process.execPath, [main], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line]: unknown[] = await once(child.stdout, 'data');
  const pids = JSON.parse(String(line)) as number[]; // workers-main.ts says it.
  expect(pids.length).toBe(2);
  expect(pids.every(isAlive)).toBe(true);
  child.kill('SIGKILL');
  await vi.waitUntil(() => !pids.some(isAlive), { timeout: 10_000 });
});
