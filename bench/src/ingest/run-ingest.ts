import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTerminals, issueEnrolmentCodes } from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import { cpuOfTreeMs } from '#measure/cpu.ts';
import { describeMachine } from '#measure/machine.ts';
import { median, quantile, rounded } from '#measure/median.ts';
import { measureFsyncMs } from '#measure/fsync.ts';
import { startMosquitto } from '#measure/mosquitto.ts';
import { prepareGenerator, type GeneratorTask } from './generator.ts';
import { measureProjectorLag } from './projector-lag.ts';

const rounds = 3;
const deviceCount = 16;
const packetsPerDevice = { 1: 2_000, 16: 1_250 } as const;
const brokerMain = join(import.meta.dirname, '../../../broker/src/main.ts');

type FactsPerPacket = keyof typeof packetsPerDevice;

interface Round {
  readonly perS: number;
  readonly cpuUs: number;
  readonly dbCpuUs: number;
}

/**
 * Sealed packets through the broker into the log, durably, against mosquitto keeping nothing. The named
 * figures are per fact at 16 facts a packet; medians of the rounds.
 */
export async function runIngest(): Promise<Record<string, unknown>> {
  const ours16 = await repeat(() => ourRound(16));
  const peer16 = await repeat(() => peerRound(16));
  const ours1 = await repeat(() => ourRound(1));
  const peer1 = await repeat(() => peerRound(1));
  const lag = await measureProjectorLag();
  const named = summary(ours16);
  return {
    durablePerS: named.perS,
    cpuUsPerMsg: named.cpuUs,
    dbCpuUsPerMsg: named.dbCpuUs,
    projectorLagMs: rounded(median(lag)),
    projectorLagP99Ms: rounded(quantile(lag, 0.99)),
    fsyncMs: rounded(measureFsyncMs(process.cwd()), 3),
    peerCpuUsPerMsg: summary(peer16).cpuUs,
    peerPerS: summary(peer16).perS,
    atOneFactAPacket: { ours: summary(ours1), mosquitto: summary(peer1) },
    counts: { rounds, devices: deviceCount, facts16: factsOf(16), facts1: factsOf(1) },
    machine: describeMachine(),
  };
}

const factsOf = (size: FactsPerPacket) => deviceCount * packetsPerDevice[size] * size;

async function repeat(round: () => Promise<Round>): Promise<Round[]> {
  const found: Round[] = [];
  for (let n = 0; n < rounds; n += 1) found.push(await round());
  return found;
}

function summary(found: readonly Round[]): Round {
  return {
    perS: Math.round(median(found.map((round) => round.perS))),
    cpuUs: rounded(median(found.map((round) => round.cpuUs))),
    dbCpuUs: rounded(median(found.map((round) => round.dbCpuUs))),
  };
}

async function ourRound(size: FactsPerPacket): Promise<Round> {
  await using store = await openTestStore();
  const broker = fork(brokerMain, {
    env: {
      ...process.env,
      DATABASE_URL: store.databaseUrl,
      SIGHTLINE_MQTT_PORT: '0',
      SIGHTLINE_BROKER_HTTP_PORT: '0',
      SIGHTLINE_LOG_LEVEL: 'warn',
    },
  });
  const [ports] = (await once(broker, 'message')) as [{ mqttPort: number; httpPort: number }];
  const generator = await prepareGenerator(await taskFor(store, ports, size));
  const { rows } = await store.pool.query<{ pid: number }>(
    "select pid from pg_stat_activity where backend_type = 'checkpointer'",
  );
  const postmaster = parentOf(rows[0]?.pid ?? 0);
  const before = { broker: cpuOfTreeMs(broker.pid ?? 0), db: cpuOfTreeMs(postmaster) };
  const tookMs = await generator.run();
  const cpuMs = cpuOfTreeMs(broker.pid ?? 0) - before.broker;
  const dbMs = cpuOfTreeMs(postmaster) - before.db;
  await assertStored(store, generator.facts);
  broker.disconnect();
  await once(broker, 'exit');
  return perFact(generator.facts, { tookMs, cpuMs, dbMs });
}

async function peerRound(size: FactsPerPacket): Promise<Round> {
  await using peer = await startMosquitto();
  const devices = villages().map((village) => ({ ...village, code: null }));
  const ports = { mqttPort: peer.port, httpPort: 0 };
  const generator = await prepareGenerator({ ...load(size), ...ports, devices });
  const before = cpuOfTreeMs(peer.pid);
  const tookMs = await generator.run();
  return perFact(generator.facts, { tookMs, cpuMs: cpuOfTreeMs(peer.pid) - before, dbMs: 0 });
}

function perFact(
  facts: number,
  spent: { readonly tookMs: number; readonly cpuMs: number; readonly dbMs: number },
): Round {
  return {
    perS: (facts / spent.tookMs) * 1000,
    cpuUs: (spent.cpuMs * 1000) / facts,
    dbCpuUs: (spent.dbMs * 1000) / facts,
  };
}

function load(size: FactsPerPacket) {
  return { factsPerPacket: size, packetsPerDevice: packetsPerDevice[size], inFlight: 16 };
}

const villages = () =>
  Array.from({ length: deviceCount }, (_, index) => ({
    terminalId: `t-${index}`,
    region: `5402351000${String(index).padStart(2, '0')}`,
  }));

async function taskFor(
  store: TestStore,
  ports: { readonly mqttPort: number; readonly httpPort: number },
  size: FactsPerPacket,
): Promise<GeneratorTask> {
  await createTerminals(
    store,
    villages().map((village) => ({ ...village, simulated: false })),
  );
  const ids = villages().map(({ terminalId }) => terminalId);
  const now = Temporal.Now.instant().toString({ smallestUnit: 'millisecond' });
  const codes = await issueEnrolmentCodes(store.pool, ids, now);
  const devices = villages().map((village) => ({
    ...village,
    code: codes.get(village.terminalId) ?? null,
  }));
  return { ...ports, ...load(size), devices };
}

async function assertStored(store: TestStore, facts: number): Promise<void> {
  const { rows } = await store.pool.query<{ count: number }>(
    "select count(*) as count from log where source <> 'centre'",
  );
  if (Number(rows[0]?.count) !== facts) {
    throw new Error(`${rows[0]?.count ?? 0} of ${facts} facts are in the log.`);
  }
}

function parentOf(pid: number): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  return Number(rest.split(' ')[1]);
}
