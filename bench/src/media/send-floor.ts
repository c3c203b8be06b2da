import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { limits } from '../limits.ts';

export interface FloorTask {
  readonly sinkPorts: readonly number[];
  readonly streams: number;
  readonly receivers: number;
  readonly packetsPerS: number;
  readonly packetBytes: number;
  readonly runMs: number;
}

export interface SendFloor extends AsyncDisposable {
  /** CPU a packet, µs. */
  measure(task: FloorTask): Promise<number>;
}

const run = promisify(execFile);

/** A program of a few lines that only sends, compiled here; null where there is no g++. */
export async function makeSendFloor(): Promise<SendFloor | null> {
  await using held = new AsyncDisposableStack();
  const dir = await mkdtemp(join(tmpdir(), 'bench-floor-'));
  held.defer(() => rm(dir, { recursive: true, force: true }));
  const program = join(dir, 'send-floor');
  const source = join(import.meta.dirname, 'send-floor.cpp');
  const isMade = await run('g++', ['-O2', '-o', program, source], {
    timeout: limits.prepareMs,
  }).then(
    () => true,
    () => false,
  );
  if (!isMade) return null;
  const owned = held.move();
  return {
    measure: (task) => measure(program, task),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** In bursts as a relay sends them: whenever a packet of one stream comes in, to all who want that stream. */
async function measure(program: string, task: FloorTask): Promise<number> {
  const { streams, receivers, packetsPerS, packetBytes, runMs, sinkPorts } = task;
  const bursts = Math.floor((runMs / 1000) * packetsPerS) * streams;
  const burstUs = Math.round(1e6 / packetsPerS / streams);
  const numbers = [bursts, burstUs, Math.round(receivers / streams), packetBytes, ...sinkPorts];
  const { stdout } = await run(program, numbers.map(String), { timeout: limits.roundMs });
  const [cpuUs = Number.NaN, packets = Number.NaN] = stdout.trim().split(' ').map(Number);
  return cpuUs / packets;
}
