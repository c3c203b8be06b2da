import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that tests read and never write. */
export interface MadeFolder extends AsyncDisposable {
  readonly dir: string;
}

/**
 * What takes long to make and is the same for every file: made by the first that asks in this run of
 * tests, kept until the run ends; outside of a run made for the caller alone, gone when disposed.
 */
export async function onceARun(
  name: string,
  make: (dir: string) => Promise<void>,
): Promise<MadeFolder> {
  const runDir = process.env['SIGHTLINE_TEST_RUN'];
  const half = await mkdtemp(join(runDir ?? tmpdir(), `sightline-${name}-`));
  if (runDir === undefined) {
    await make(half);
    return { dir: half, [Symbol.asyncDispose]: () => rm(half, { recursive: true, force: true }) };
  }
  const dir = join(runDir, name);
  if (!existsSync(dir)) {
    await make(half);
    // Two that were first at once made the same.
    await rename(half, dir).catch((error: unknown) => {
      if (!existsSync(dir)) throw error;
    });
  }
  await rm(half, { recursive: true, force: true });
  return { dir, [Symbol.asyncDispose]: () => Promise.resolve() };
}
