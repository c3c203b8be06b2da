import { expect, test } from 'vitest';
import { readManifest } from '#manifest.ts';
import { MANIFEST_FILE } from '#paths.ts';
import { openFacePipeline } from '#reader/face-pipeline.ts';
import { decodeFrames, ensureFootage, ensureWeights } from '#testing.ts';

test('a frame begun while another is read is refused: both would share one memory', async () => {
  const weightsDir = await ensureWeights();
  const [frame] = await decodeFrames((await ensureFootage())('franck.mp4'));
  if (frame === undefined) throw new Error('the clip gave no frame');
  const pipeline = await openFacePipeline({ manifest: readManifest(MANIFEST_FILE), weightsDir });
  try {
    const first = pipeline.read(frame);
    await expect(pipeline.find(frame)).rejects.toThrow(/wait for it/);
    expect(await first).toHaveLength(1);
    expect(await pipeline.find(frame)).toHaveLength(1);
  } finally {
    await pipeline.close();
  }
});
