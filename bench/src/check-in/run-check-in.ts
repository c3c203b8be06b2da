import { openFaceReader, similarity, type FaceReader, type RgbFrame } from '@sightline/models';
import { ensureWeights, openTimedPipeline, type TimedRead } from '@sightline/models/testing';
import { describeMachine } from '#measure/machine.ts';
import { median, quantile, rounded } from '#measure/median.ts';
import { partOf, type BenchOptions } from '#measure/options.ts';
import { faceFrames } from './face-frames.ts';
import { installPeers } from './install-peers.ts';
import { startPeer } from './peer.ts';
import { pressToDone } from './press-to-done.ts';

const full = { framesEach: 24, people: 20, sessions: 30 };
const warmUpFrames = 5;

/** One frame of ours: from being handed in to the decision, and where that time went. */
interface Sample {
  readonly decisionMs: number;
  /** The face is somebody's and alive. */
  readonly isTaken: boolean;
  readonly read: TimedRead;
}

/**
 * From the last frame that a check-in needs being handed in to the decision, beside `@vladmandic/human` at the same
 * frames; then whole sessions, from the press to the end of the challenge.
 */
export async function runCheckIn(options: BenchOptions): Promise<Record<string, unknown>> {
  const modulesDir = await installPeers((sentence) => void process.stderr.write(`${sentence}\n`));
  const framesEach = partOf(full.framesEach, options.share);
  const frames = await faceFrames(framesEach);
  const weightsDir = await ensureWeights();
  await using reader = await openFaceReader({ weightsDir });
  await using pipeline = await openTimedPipeline({ weightsDir });
  await using peer = await startPeer({ modulesDir, framesEach });
  const gallery = await takeGallery(reader, frames);
  for (const frame of frames.slice(0, warmUpFrames)) await pipeline.read(frame);
  const ours: Sample[] = [];
  const peers: { readonly ms: readonly number[]; readonly faces: number }[] = [];
  // In turn, so that what else the machine does falls on both.
  for (let round = 0; round < options.rounds; round += 1) {
    for (const frame of frames) {
      const decision = await timeDecision(frame, { reader, gallery });
      ours.push({ ...decision, read: await pipeline.read(frame) });
    }
    peers.push(await peer.round());
  }
  const presses = await pressToDone({ weightsDir, sessions: partOf(full.sessions, options.share) });
  return {
    ...figures(
      ours,
      peers.flatMap(({ ms }) => ms),
    ),
    pressToDoneP50Ms: rounded(median(presses.doneMs), 1),
    pressToDoneP95Ms: rounded(quantile(presses.doneMs, 0.95), 1),
    counts: {
      sessions: presses.sessions,
      sessionsDone: presses.doneMs.length,
      frames: frames.length,
      rounds: options.rounds,
      gallery: gallery.length,
      withFace: ours.filter(({ read }) => read.faces.length > 0).length,
      taken: ours.filter(({ isTaken }) => isTaken).length,
      peerWithFace: peers.reduce((sum, { faces }) => sum + faces, 0),
      frame: `${frames[0]?.width ?? 0}×${frames[0]?.height ?? 0}`,
    },
    peer: `@vladmandic/human ${peer.version}, WASM, 1 thread`,
    machine: describeMachine(),
  };
}

/** As many templates as a village has people; whose they are does not matter to the clock. */
async function takeGallery(
  reader: FaceReader,
  frames: readonly RgbFrame[],
): Promise<readonly Float32Array[]> {
  const templates: Float32Array[] = [];
  for (const frame of frames) {
    const [face] = await reader.read(frame);
    if (face !== undefined) templates.push(face.template);
    if (templates.length === full.people) break;
  }
  return templates;
}

/** A frame through the reader's thread, and its face held against everybody. */
async function timeDecision(
  frame: RgbFrame,
  { reader, gallery }: { reader: FaceReader; gallery: readonly Float32Array[] },
): Promise<Omit<Sample, 'read'>> {
  const start = performance.now();
  const [face] = await reader.read(frame);
  const best = gallery.reduce(
    (most, template) =>
      Math.max(most, face === undefined ? -1 : similarity(face.template, template)),
    -1,
  );
  const isKnown = best >= reader.model.matchThreshold;
  const isAlive = (face?.liveness ?? 0) >= reader.model.livenessThreshold;
  const decisionMs = performance.now() - start;
  return { decisionMs, isTaken: isKnown && isAlive };
}

function figures(ours: readonly Sample[], peerMs: readonly number[]): Record<string, unknown> {
  const decisions = ours.map(({ decisionMs }) => decisionMs);
  const modelMs = ours.map(({ read }) => sum(Object.values(read.networkMs)));
  const overheads = ours.map(({ decisionMs }, i) => decisionMs / (modelMs[i] ?? Number.NaN) - 1);
  const decisionP50Ms = median(decisions);
  const peerP50Ms = median(peerMs);
  return {
    decisionP50Ms: rounded(decisionP50Ms),
    decisionP95Ms: rounded(quantile(decisions, 0.95)),
    stageMs: medians(ours.map(({ read }) => read.stageMs)),
    modelMs: rounded(median(modelMs)),
    networkMs: medians(ours.map(({ read }) => read.networkMs)),
    inThreadMs: rounded(median(ours.map(({ read }) => read.totalMs))),
    overheadRatio: rounded(median(overheads), 3),
    peerP50Ms: rounded(peerP50Ms),
    peerP95Ms: rounded(quantile(peerMs, 0.95)),
    timesFaster: rounded(peerP50Ms / decisionP50Ms),
  };
}

function medians(
  all: readonly Readonly<Record<string, number>>[],
): Readonly<Record<string, number>> {
  const names = [...new Set(all.flatMap((one) => Object.keys(one)))];
  return Object.fromEntries(
    names.map((name) => [name, rounded(median(all.map((one) => one[name] ?? 0)))]),
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
