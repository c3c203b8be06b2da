import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageDir = fileURLToPath(new URL('..', import.meta.url));

/** Where the networks lie: git-ignored, filled by `fetchWeights`. */
export const WEIGHTS_DIR = join(packageDir, 'weights');
/** Where the test footage and the sample camera's clips lie: git-ignored, filled by `fetchFootage`. */
export const FOOTAGE_DIR = join(packageDir, 'footage');
export const MANIFEST_FILE = join(packageDir, 'manifest.json');
export const FOOTAGE_FILE = join(packageDir, 'footage.json');

/** What a person types, in the project's folder, to put the files in order; named by every message that asks for it. */
export const FETCH_COMMAND = 'node models/src/fetch-main.ts';

/** Verified copies by their hash, shared by every clone of this user: a second clone needs no network. */
export function defaultCacheDir(): string {
  return join(homedir(), '.cache', 'sightline', 'models');
}
