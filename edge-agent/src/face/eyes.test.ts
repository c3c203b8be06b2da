import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openEyes } from '#face/eyes.ts';

const empty = mkdtempSync(join(tmpdir(), 'sightline-no-networks-'));
afterAll(() => rmSync(empty, { recursive: true }));

test('without networks the terminal opens, sees nobody, and says what is missing and how to get it', async () => {
  const warned: object[] = [];
  await using eyes = await openEyes({
    weightsDir: empty,
    log: { warn: (fields) => warned.push(fields) },
  });
  expect(eyes.model).toBeNull();
  expect(eyes.trouble()).toMatch(/fr_detect\.onnx[\s\S]*npm|node/);
  expect(warned).toHaveLength(1);
  expect(
    await eyes.read({ width: 64, height: 64, pixels: new Uint8Array(64 * 64 * 3) }),
  ).toBeNull();
});
