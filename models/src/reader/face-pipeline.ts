import type { ScoredBox } from '#domain/boxes.ts';
import type { Picture } from '#domain/picture.ts';
import type { Face, FoundFace, RgbFrame } from '#domain/face.ts';
import type { Manifest, NetworkKind } from '#manifest.ts';
import { loadNetwork, type Network } from '#reader/load-network.ts';
import * as stages from '#reader/stages.ts';

/** What a stage of the pipeline is called when it is timed. */
export type Stage =
  | 'detect'
  | 'landmark'
  | 'align'
  | 'quality'
  | 'pose'
  | 'embed'
  | 'liveness'
  | 'eyes';
/** Runs one stage; a bench wraps it with a clock. */
export type RunStage = <T>(stage: Stage, work: () => T | Promise<T>) => Promise<T>;

/** All networks, and the frame's way through them: one frame at a time, a second one meanwhile is refused. */
export interface FacePipeline {
  find(frame: RgbFrame): Promise<FoundFace[]>;
  read(frame: RgbFrame): Promise<Face[]>;
  close(): Promise<void>;
}

const runPlainly: RunStage = async (_, work) => await work();

/** What a bench looks at: the pipeline's stages, and its networks alone. */
export interface PipelineClocks {
  readonly runStage: RunStage;
  readonly clockNetwork: (kind: NetworkKind, network: Network) => Network;
}

const noClocks: PipelineClocks = { runStage: runPlainly, clockNetwork: (_, network) => network };

/** Loads every network of the manifest; throws as `loadNetwork`. */
export async function openFacePipeline(
  where: { manifest: Manifest; weightsDir: string },
  { runStage, clockNetwork }: PipelineClocks = noClocks,
): Promise<FacePipeline> {
  const load = async (kind: NetworkKind): Promise<Network> =>
    clockNetwork(kind, await loadNetwork(kind, where));
  const networks = {
    detect: await load('detect'),
    landmark: await load('landmark'),
    feature: await load('feature'),
    liveness: await load('liveness'),
    eye: await load('eye'),
    pose: await load('pose'),
  } satisfies Record<NetworkKind, Network>;
  const context: Context = { networks, manifest: where.manifest, runStage };
  const alone = oneAtATime();
  return {
    find: (frame) => alone(() => eachFace(frame, { context, look: async ({ found }) => found })),
    read: (frame) =>
      alone(() => eachFace(frame, { context, look: (seen) => readFace(seen, context) })),
    close: async () => {
      for (const network of Object.values(networks)) await network.close();
    },
  };
}

/** The networks' scratch memory belongs to one frame: who begins another one has a fault. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let isBusy = false;
  return async (work) => {
    if (isBusy) throw new Error('a frame is being read: wait for it');
    isBusy = true;
    try {
      return await work();
    } finally {
      isBusy = false;
    }
  };
}

interface Context {
  readonly networks: Record<NetworkKind, Network>;
  readonly manifest: Manifest;
  readonly runStage: RunStage;
}

interface Seen {
  readonly frame: RgbFrame;
  readonly box: ScoredBox;
  readonly aligned: Picture;
  readonly found: FoundFace;
}

async function eachFace<T>(
  frame: RgbFrame,
  { context, look }: { context: Context; look: (seen: Seen) => Promise<T> },
): Promise<T[]> {
  const { networks, manifest, runStage } = context;
  const { threshold } = manifest.networks.detect;
  const boxes = await runStage('detect', () =>
    stages.detect(networks.detect, { frame, threshold }),
  );
  const faces: T[] = [];
  for (const box of boxes) faces.push(await look(await findFace(frame, { box, context })));
  return faces;
}

async function findFace(
  frame: RgbFrame,
  { box, context }: { box: ScoredBox; context: Context },
): Promise<Seen> {
  const { networks, runStage } = context;
  const sidePx = networks.feature.input.width;
  const landmarks = await runStage('landmark', () =>
    stages.findLandmarks(networks.landmark, { frame, box }),
  );
  const aligned = await runStage('align', () => stages.align(frame, landmarks, sidePx));
  const quality = await runStage('quality', () => stages.measureQuality(aligned, { box, frame }));
  const pose = await runStage('pose', () => stages.readPose(networks.pose, { frame, box }));
  const { x, y, width, height } = box;
  return { frame, box, aligned, found: { box: { x, y, width, height }, landmarks, quality, pose } };
}

async function readFace(
  { frame, box, aligned, found }: Seen,
  { networks, manifest, runStage }: Context,
): Promise<Face> {
  const length = manifest.networks.feature.templateLength;
  const { cropHeights } = manifest.networks.liveness;
  const { landmarks } = found;
  const template = await runStage('embed', () =>
    stages.embed(networks.feature, { aligned, length }),
  );
  const liveness = await runStage('liveness', () =>
    stages.readLiveness(networks.liveness, { frame, box, cropHeights }),
  );
  const eyesClosed = await runStage('eyes', () =>
    stages.readEyes(networks.eye, { frame, landmarks }),
  );
  return { ...found, eyesClosed, liveness, template };
}
