import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { RgbFrame } from '@sightline/models';
import { endWithParent, nextWord, tell } from '#load/parent.ts';
import { faceFrames } from './face-frames.ts';
import type { PeerTask } from './peer.ts';

/** The part of `@vladmandic/human` that is used; the package is loaded by its path, so its own types are not at hand. */
interface HumanModule {
  readonly Human: new (config: object) => Human;
}

interface Human {
  readonly version: string;
  readonly tf: {
    tensor(pixels: Uint8Array, shape: readonly number[], type: 'int32'): { dispose(): void };
  };
  load(): Promise<void>;
  detect(input: unknown): Promise<{ readonly face: readonly unknown[]; readonly error: unknown }>;
}

endWithParent();
const task = (await nextWord()) as PeerTask; // Sent by peer.ts alone.
const human = await openHuman(task.modulesDir);
const frames = await faceFrames(task.framesEach);
for (const frame of frames.slice(0, 5)) await look(frame);
tell({ version: human.version });
for (;;) {
  await nextWord();
  const ms: number[] = [];
  let faces = 0;
  for (const frame of frames) {
    const start = performance.now();
    if (await look(frame)) faces += 1;
    ms.push(performance.now() - start);
  }
  tell({ ms, faces });
}

async function openHuman(modulesDir: string): Promise<Human> {
  const home = join(modulesDir, '@vladmandic/human');
  const load = createRequire(import.meta.url);
  const module = load(join(home, 'dist/human.node-wasm.js')) as HumanModule; // Its build for Node and WASM.
  const human = new module.Human({
    backend: 'wasm',
    wasmPath: join(modulesDir, '@tensorflow/tfjs-backend-wasm/dist/'),
    wasmPlatformFetch: false,
    modelBasePath: pathToFileURL(`${join(home, 'models')}/`).href,
    cacheModels: false,
    validateModels: false,
    debug: false,
    async: false,
    // Every frame is looked at anew, as each of ours is.
    cacheSensitivity: 0,
    filter: { enabled: false },
    gesture: { enabled: false },
    body: { enabled: false },
    hand: { enabled: false },
    object: { enabled: false },
    segmentation: { enabled: false },
    face: {
      enabled: true,
      detector: { maxDetected: 1, rotation: false, skipFrames: 0, skipTime: 0 },
      mesh: { enabled: true },
      iris: { enabled: true, skipFrames: 0, skipTime: 0 },
      description: { enabled: true, skipFrames: 0, skipTime: 0 },
      antispoof: { enabled: true, skipFrames: 0, skipTime: 0 },
      liveness: { enabled: true, skipFrames: 0, skipTime: 0 },
      emotion: { enabled: false },
      attention: { enabled: false },
    },
  });
  // Its models lie in the package: files, no network.
  globalThis.fetch = async (input) => {
    const url = input instanceof Request ? input.url : input;
    return new Response(await readFile(fileURLToPath(url)));
  };
  await human.load();
  return human;
}

/** Whether it found a face. */
async function look({ width, height, pixels }: RgbFrame): Promise<boolean> {
  const tensor = human.tf.tensor(pixels, [1, height, width, 3], 'int32');
  const { face, error } = await human.detect(tensor);
  tensor.dispose();
  if (typeof error === 'string') throw new Error(`human: ${error}`);
  return face.length > 0;
}
