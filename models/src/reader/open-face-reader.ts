import type { FaceReader, FaceReaderOptions, TemplateModel } from '#face-reader.ts';
import { readManifest, type Manifest } from '#manifest.ts';
import { MANIFEST_FILE, WEIGHTS_DIR } from '#paths.ts';
import { forbidTelemetry } from '#reader/runtime-config.ts';
import { openWorkerReader } from '#reader/worker-reader.ts';

/**
 * Opens the eyes: a thread that has loaded and checked every network of the manifest.
 * @throws FaceReaderError `weights` when a file is missing or is not the pinned one (the message names the file, the
 *   expected hash and the command), `timeout` when loading takes too long; the signal's reason when it was aborted.
 */
export async function openFaceReader(options: FaceReaderOptions = {}): Promise<FaceReader> {
  options.signal?.throwIfAborted();
  forbidTelemetry();
  const manifest = readManifest(options.manifestFile ?? MANIFEST_FILE);
  const start = { manifest, weightsDir: options.weightsDir ?? WEIGHTS_DIR };
  const workerFile = new URL('./face-worker.ts', import.meta.url);
  return await openWorkerReader(workerFile, {
    start,
    model: templateModel(manifest),
    signal: options.signal,
  });
}

function templateModel({ networks }: Manifest): TemplateModel {
  const { name, sha256, templateLength, threshold } = networks.feature;
  return {
    id: `${name}@${sha256.slice(0, 12)}`,
    length: templateLength,
    matchThreshold: threshold,
    livenessThreshold: networks.liveness.threshold,
  };
}
