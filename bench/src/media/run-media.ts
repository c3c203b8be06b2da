import { isRefusal } from '@sightline/contracts';
import { bringWorker } from '@sightline/media-server';
import { cpuOfTreeMs } from '#measure/cpu.ts';
import { goFirst } from '#measure/go-first.ts';
import { describeMachine } from '#measure/machine.ts';
import { median, rounded } from '#measure/median.ts';
import { partOf, type BenchOptions } from '#measure/options.ts';
import { janusVersion, startJanusRelay } from './janus.ts';
import { startOurRelay } from './our-relay.ts';
import type { Relay, RelayPlan } from './relay.ts';
import { RTP_HEADER_BYTES, sendRtp } from './rtp-source.ts';
import { makeSendFloor, type SendFloor } from './send-floor.ts';
import { startSinks } from './sinks.ts';

/** 125 packets a second of 612 bytes: a speaker at 360 lines. */
const full = { receivers: 500, streams: 4, packetsPerS: 125, payloadBytes: 600, runS: 6 } as const;

type StartRelay = (plan: RelayPlan) => Promise<Relay>;

/** Of one run: packets, and CPU of the relay. */
interface Run {
  readonly expected: number;
  /** Neither received nor thrown away by the kernel on the way. */
  readonly lost: number;
  readonly dropped: number;
  readonly cpuUs: number;
  readonly cores: number;
  readonly meanBytes: number;
}

/**
 * Packets of four speakers to 500 receivers: through one worker of ours, through janus, and the floor under both, a
 * loop that only sends. Then to half of them with SRTP, as every packet of a meeting is, by the cipher that browsers
 * choose and by the one that both programs have. Medians of the rounds.
 */
export async function runMedia(options: BenchOptions): Promise<Record<string, unknown>> {
  using first = goFirst();
  const worker = await bringWorker();
  if (isRefusal(worker)) throw new Error(worker.detail);
  await using held = new AsyncDisposableStack();
  const floor = await makeSendFloor();
  if (floor !== null) held.use(floor);
  const parts = { binary: worker.path, janus: janusVersion(), floor };
  const receivers = partOf(full.receivers, options.share);
  const runs = await runRounds(parts, { receivers, rounds: options.rounds });
  const ours = summary(runs.plain);
  const peer = summary(runs.peer);
  const floorUs = rounded(median(runs.floorUs));
  return {
    consumers: receivers,
    lostPackets: ours.lost,
    cpuUsPerPacket: ours.cpuUs,
    peerCpuUsPerPacket: parts.janus === null ? 'no janus: apt-get install janus' : peer.cpuUs,
    floorCpuUsPerPacket: floor === null ? 'no g++: apt-get install g++' : floorUs,
    shareOfLimit: rounded(floorUs / ours.cpuUs),
    ours,
    peer,
    encrypted: {
      receivers: halfOf(receivers),
      aes256Gcm: summary(runs.gcm),
      aes128Sha1: summary(runs.sha1),
      peerAes128Sha1: summary(runs.peerSha1),
    },
    counts: {
      rounds: options.rounds,
      ...full,
      receivers,
      packetsPerRun: runs.plain[0]?.expected,
    },
    worker: worker.path,
    janus: parts.janus,
    priority: first.priority,
    machine: describeMachine(),
  };
}

/** A worker full of receivers with SRTP would need more than its core. */
const halfOf = (receivers: number): number => Math.ceil(receivers / 2);

interface Parts {
  readonly binary: string;
  readonly janus: string | null;
  readonly floor: SendFloor | null;
}

interface Runs {
  readonly floorUs: number[];
  readonly plain: Run[];
  readonly peer: Run[];
  readonly gcm: Run[];
  readonly sha1: Run[];
  readonly peerSha1: Run[];
}

/** All in turn, so that a slow minute of the machine meets all. */
async function runRounds(
  { binary, janus, floor }: Parts,
  { receivers, rounds }: { readonly receivers: number; readonly rounds: number },
): Promise<Runs> {
  const startOurs: StartRelay = (plan) => startOurRelay(binary, plan);
  const plain = { receivers, suite: null };
  const gcm = { receivers: halfOf(receivers), suite: 'AEAD_AES_256_GCM' } as const;
  const sha1 = { receivers: halfOf(receivers), suite: 'AES_CM_128_HMAC_SHA1_80' } as const;
  const runs: Runs = { floorUs: [], plain: [], peer: [], gcm: [], sha1: [], peerSha1: [] };
  for (let n = 0; n < rounds; n += 1) {
    if (floor !== null) runs.floorUs.push(await floorRun(floor, receivers));
    runs.plain.push(await relayRun(startOurs, plain));
    if (janus !== null) runs.peer.push(await relayRun(startJanusRelay, plain));
    runs.gcm.push(await relayRun(startOurs, gcm));
    runs.sha1.push(await relayRun(startOurs, sha1));
    if (janus !== null) runs.peerSha1.push(await relayRun(startJanusRelay, sha1));
  }
  return runs;
}

async function relayRun(
  start: StartRelay,
  { receivers, suite }: Pick<RelayPlan, 'receivers' | 'suite'>,
): Promise<Run> {
  const { streams, packetsPerS, payloadBytes } = full;
  await using sinks = await startSinks();
  await using relay = await start({ streams, receivers, sinkPorts: sinks.ports, suite });
  const before = cpuOfTreeMs(relay.pid);
  const { ports } = relay;
  const ssrcOf = (index: number): number => relay.ssrcOf(index);
  const runMs = full.runS * 1000;
  const sent = await sendRtp({ ports, ssrcOf, packetsPerS, payloadBytes, runMs });
  const { received, dropped, spanMs, meanBytes } = await sinks.count();
  const cpuMs = cpuOfTreeMs(relay.pid) - before;
  const expected = (sent / streams) * receivers;
  return {
    expected,
    lost: expected - received - dropped,
    dropped,
    cpuUs: (cpuMs * 1000) / (received + dropped),
    cores: cpuMs / spanMs,
    meanBytes,
  };
}

async function floorRun(floor: SendFloor, receivers: number): Promise<number> {
  await using sinks = await startSinks();
  return await floor.measure({
    sinkPorts: sinks.ports,
    streams: full.streams,
    receivers,
    packetsPerS: full.packetsPerS,
    packetBytes: RTP_HEADER_BYTES + full.payloadBytes,
    runMs: full.runS * 1000,
  });
}

/** Losses are added up; the rest are medians. */
function summary(runs: readonly Run[]): Omit<Run, 'expected'> {
  const middle = (of: (run: Run) => number): number => rounded(median(runs.map(of)));
  const sum = (of: (run: Run) => number): number => runs.reduce((all, run) => all + of(run), 0);
  return {
    lost: sum((run) => run.lost),
    dropped: sum((run) => run.dropped),
    cpuUs: middle((run) => run.cpuUs),
    cores: middle((run) => run.cores),
    meanBytes: middle((run) => run.meanBytes),
  };
}
