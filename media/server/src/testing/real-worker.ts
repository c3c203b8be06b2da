import { isRefusal } from '@sightline/contracts';
import { findWorker } from '#worker-binary/find-worker.ts';

/** Path of this machine's worker, for tests with a real one. Throws the sentence that says how it is had. */
export async function realWorker(): Promise<string> {
  const found = await findWorker();
  if (isRefusal(found)) throw new Error(found.detail);
  return found.path;
}
