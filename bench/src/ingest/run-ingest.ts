import { tmpdir } from 'node:os';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import { devicePlaces } from '#load/device-keys.ts';
import { enrolDevices } from '#load/enrol-devices.ts';
import { cpuOfTreeMs } from '#measure/cpu.ts';
import { measureFsyncMs } from '#measure/fsync.ts';
import { describeMachine } from '#measure/machine.ts';
import { median, quantile, rounded } from '#measure/median.ts';
import { startMosquitto } from '#measure/mosquitto.ts';
import { partOf, profileFlags, type BenchOptions } from '#measure/options.ts';
import { postmasterOf } from '#measure/postmaster.ts';
import { startBroker } from '#measure/start-broker.ts';
import { prepareGenerator, type GeneratorTask } from './generator.ts';
import { measureProjectorLag } from './projector-lag.ts';

const deviceCount = 16;
const packetsPerDevice = { 1: 2_000, 16: 800 } as const;
const packetsInFlight = 16;
const lagFacts = 150;

type FactsPerPacket = keyof typeof packetsPerDevice;

interface Load {
  readonly size: FactsPerPacket;
  readonly options: BenchOptions;
}

/** Of one round, or the medians of several; CPU in µs a fact. */
interface Round {
  readonly perS: number;
  readonly cpuUs: number;
  readonly dbCpuUs: number;
}

/**
 * Sealed packets through the broker into the log, durably, against mosquitto keeping nothing. The named
 * figures are per fact at 16 facts a packet; medians of the rounds.
 */
export async function runIngest(options: BenchOptions): Promise<Record<string, unknown>> {
  const at16 = await measure({ size: 16, options });
  const at1 = await measure({ size: 1, options });
  const lag = await measureProjectorLag(partOf(lagFacts, options.share));
  return {
    durablePerS: at16.ours.perS,
    cpuUsPerMsg: at16.ours.cpuUs,
    dbCpuUsPerMsg: at16.ours.dbCpuUs,
    projectorLagMs: rounded(median(lag)),
    projectorLagP99Ms: rounded(quantile(lag, 0.99)),
    fsyncMs: rounded(measureFsyncMs(tmpdir()), 3), // Where the database of a bench lies.
    peerCpuUsPerMsg: at16.mosquitto.cpuUs,
    peerPerS: at16.mosquitto.perS,
    atOneFactAPacket: at1,
    counts: {
      rounds: options.rounds,
      devices: deviceCount,
      packetsInFlight,
      facts16: factsOf({ size: 16, options }),
      facts1: factsOf({ size: 1, options }),
    },
    machine: describeMachine(),
  };
}

async function measure(load: Load): Promise<{ readonly ours: Round; readonly mosquitto: Round }> {
  const ours: Round[] = [];
  const mosquitto: Round[] = [];
  // In turn, so that a slow minute of the machine meets both.
  for (let n = 0; n < load.options.rounds; n += 1) {
    ours.push(await ourRound(load));
    mosquitto.push(await peerRound(load));
  }
  return { ours: summary(ours), mosquitto: summary(mosquitto) };
}

function summary(found: readonly Round[]): Round {
  return {
    perS: Math.round(median(found.map((round) => round.perS))),
    cpuUs: rounded(median(found.map((round) => round.cpuUs))),
    dbCpuUs: rounded(median(found.map((round) => round.dbCpuUs))),
  };
}

const packetsOf = ({ size, options }: Load) => partOf(packetsPerDevice[size], options.share);
const factsOf = (load: Load) => deviceCount * packetsOf(load) * load.size;

async function ourRound(load: Load): Promise<Round> {
  const profile = profileFlags(load.options.profileDir);
  await using store = await openTestStore();
  const { program, ...ports } = await startBroker(store.databaseUrl, undefined, profile);
  await using broker = program;
  await using generator = await prepareGenerator(taskOf(load, { ports, door: 'tokens' }));
  await enrolDevices(store, generator.keys);
  await generator.connect();
  const postmaster = await postmasterOf(store);
  const before = { broker: cpuOfTreeMs(broker.pid), db: cpuOfTreeMs(postmaster) };
  const tookMs = await generator.run();
  const cpuMs = cpuOfTreeMs(broker.pid) - before.broker;
  const dbMs = cpuOfTreeMs(postmaster) - before.db;
  await assertStored(store, generator.facts);
  return perFact(generator.facts, { tookMs, cpuMs, dbMs });
}

async function peerRound(load: Load): Promise<Round> {
  await using peer = await startMosquitto();
  const ports = { mqttPort: peer.port, httpPort: 0 };
  await using generator = await prepareGenerator(taskOf(load, { ports, door: 'open' }));
  await generator.connect();
  const before = cpuOfTreeMs(peer.pid);
  const tookMs = await generator.run();
  return perFact(generator.facts, { tookMs, cpuMs: cpuOfTreeMs(peer.pid) - before, dbMs: 0 });
}

function taskOf(load: Load, to: Pick<GeneratorTask, 'ports' | 'door'>): GeneratorTask {
  return {
    ...to,
    factsPerPacket: load.size,
    packetsPerDevice: packetsOf(load),
    inFlight: packetsInFlight,
    places: devicePlaces(deviceCount),
  };
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

async function assertStored(store: TestStore, facts: number): Promise<void> {
  const { rows } = await store.pool.query<{ count: number }>(
    "select count(*) as count from log where source <> 'centre'",
  );
  if (Number(rows[0]?.count) !== facts) {
    throw new Error(`${rows[0]?.count ?? 0} of ${facts} facts are in the log.`);
  }
}
