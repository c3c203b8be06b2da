import { setTimeout as delay } from 'node:timers/promises';
import { openTestStore } from '@sightline/store/testing';
import { devicePlaces } from '#load/device-keys.ts';
import { enrolDevices } from '#load/enrol-devices.ts';
import { cpuOfTreeMs, residentMb } from '#measure/cpu.ts';
import { freePort } from '#measure/free-port.ts';
import { describeMachine } from '#measure/machine.ts';
import { quantile, rounded } from '#measure/median.ts';
import { startMosquitto } from '#measure/mosquitto.ts';
import { partOf, profileFlags, type BenchOptions } from '#measure/options.ts';
import type { Program } from '#measure/program.ts';
import { startBroker, startOpenBroker } from '#measure/start-broker.ts';
import { gatherCrowd, type Crowd } from './crowd.ts';

const clientCount = 10_000;
/** Everybody back and quiet, before memory is read. */
const idleMs = 5_000;

/** A broker that can be killed and started again on its ports. */
interface Victim {
  readonly pid: number;
  kill(): Promise<void>;
  startAgain(): Promise<void>;
}

/** Times from the kill, in s; memory 5 s after all are back, and the most of it; CPU of the new life. */
interface Storm {
  readonly listensS: number;
  readonly halfBackS: number;
  readonly allBackS: number;
  readonly rssMB: number;
  readonly rssPeakMB: number;
  readonly cpuMsPerClient: number;
}

/**
 * 10,000 clients are connected, the broker is killed and started at once, and everybody comes back:
 * with tokens as terminals do, through our broker without access rules, and to mosquitto without any.
 */
export async function runStorm(options: BenchOptions): Promise<Record<string, unknown>> {
  const clients = partOf(clientCount, options.share);
  const ours = await stormWithTokens(clients, profileFlags(options.profileDir));
  const open = await stormOpen(clients);
  const mosquitto = await stormMosquitto(clients);
  return {
    allBackS: ours.allBackS,
    rssMB: ours.rssMB,
    ours,
    withoutAuthentication: open,
    mosquitto,
    counts: { clients, clientProcesses: 4, rounds: 1 },
    machine: describeMachine(),
  };
}

async function stormWithTokens(clients: number, profile: readonly string[]): Promise<Storm> {
  await using store = await openTestStore();
  const ports = { mqttPort: await freePort(), httpPort: await freePort() };
  const start = async () => (await startBroker(store.databaseUrl, ports, profile)).program;
  await using held = new AsyncDisposableStack();
  const crowd = held.use(await gatherCrowd(devicePlaces(clients), { ports, door: 'tokens' }));
  await enrolDevices(store, crowd.keys);
  return await weather(crowd, await victimOf(start, held));
}

async function stormOpen(clients: number): Promise<Storm> {
  const ports = { mqttPort: await freePort(), httpPort: 0 };
  await using held = new AsyncDisposableStack();
  const crowd = held.use(await gatherCrowd(devicePlaces(clients), { ports, door: 'open' }));
  return await weather(crowd, await victimOf(() => startOpenBroker(ports.mqttPort), held));
}

async function stormMosquitto(clients: number): Promise<Storm> {
  await using held = new AsyncDisposableStack();
  const peer = held.use(await startMosquitto());
  const ports = { mqttPort: peer.port, httpPort: 0 };
  const crowd = held.use(await gatherCrowd(devicePlaces(clients), { ports, door: 'open' }));
  return await weather(crowd, peer);
}

async function victimOf(
  start: () => Promise<Program>,
  held: AsyncDisposableStack,
): Promise<Victim> {
  let program = await start();
  held.defer(() => program[Symbol.asyncDispose]());
  return {
    get pid() {
      return program.pid;
    },
    kill: () => program.kill(),
    async startAgain() {
      program = await start();
    },
  };
}

async function weather(crowd: Crowd, victim: Victim): Promise<Storm> {
  await crowd.connect();
  const returned = crowd.returned();
  returned.catch(() => undefined); // Awaited below, after a restart that may fail first.
  const killedAtMs = Date.now();
  await victim.kill();
  await victim.startAgain();
  const listensMs = Date.now() - killedAtMs;
  const startCpuMs = cpuOfTreeMs(victim.pid);
  const backMs = (await returned).map((atMs) => atMs - killedAtMs);
  const cpuMs = cpuOfTreeMs(victim.pid) - startCpuMs;
  await delay(idleMs);
  const resident = residentMb(victim.pid);
  return {
    listensS: rounded(listensMs / 1000),
    halfBackS: rounded(quantile(backMs, 0.5) / 1000),
    allBackS: rounded(Math.max(...backMs) / 1000),
    rssMB: resident.now,
    rssPeakMB: resident.peak,
    cpuMsPerClient: rounded(cpuMs / backMs.length, 3),
  };
}
