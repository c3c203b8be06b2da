import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { flushTinyWeights } from '#domain/flush-tiny-weights.ts';
import { similarity } from '#domain/similarity.ts';
import { unitLength } from '#domain/unit-length.ts';
import { readManifest } from '#manifest.ts';
import { MANIFEST_FILE } from '#paths.ts';
import { loadNetwork } from '#reader/load-network.ts';
import { ensureWeights } from '#testing.ts';

test('without its tiny weights the embedding network gives the same template to six digits', async () => {
  const weightsDir = await ensureWeights();
  const manifest = readManifest(MANIFEST_FILE);
  const network = await loadNetwork('feature', { manifest, weightsDir });
  const untouched = await InferenceSession.create(
    await readFile(join(weightsDir, 'fr_feature.onnx')),
  );
  const planes = Float32Array.from(
    { length: 3 * 112 * 112 },
    (_, i) => Math.sin(i * 0.013) + Math.cos(i * 0.0007),
  );
  const { template } = await network.run(planes);
  const { output } = await untouched.run({
    input: new Tensor('float32', planes, [1, 3, 112, 112]),
  });
  const expected = Float32Array.from(output?.data as Float32Array);
  expect(similarity(unitLength(template ?? []), unitLength(expected))).toBeGreaterThan(0.999999);
  await network.close();
});

test('a sixth of the embedding network’s weights are tiny: that is what made it slow', async () => {
  const onnx = await readFile(join(await ensureWeights(), 'fr_feature.onnx'));
  expect(flushTinyWeights(onnx)).toBeGreaterThan(190_000);
  expect(flushTinyWeights(onnx)).toBe(0);
});
