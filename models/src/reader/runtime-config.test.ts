import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureWeights } from '../testing.ts';

const index = new URL('../index.ts', import.meta.url).href;

test('the networks’ runtime keeps no identifier of the machine and so reports nothing', async () => {
  const weightsDir = await ensureWeights();
  const home = mkdtempSync(join(tmpdir(), 'sightline-home-'));
  const program = `
    const { openFaceReader } = await import(${JSON.stringify(index)});
    await using reader = await openFaceReader({ weightsDir: ${JSON.stringify(weightsDir)} });
    await reader.read({ width: 64, height: 64, pixels: new Uint8Array(64 * 64 * 3) });`;
  try {
    // No CI in its environment: that alone would silence it, here but not in a village.
    const { PATH = '' } = process.env;
    const args = ['--input-type=module', '--eval', program];
    const options = { env: { PATH, HOME: home }, encoding: 'utf8', timeout: 60_000 } as const;
    const run = spawnSync(process.execPath, args, options);
    expect(run.stderr).toBe('');
    expect(readdirSync(home, { recursive: true })).toEqual([]);
  } finally {
    rmSync(home, { recursive: true });
  }
}, 90_000);
