import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import { openMemoryFolder, sweepMemory } from './memory-folder.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('a folder that somebody chose stays', async () => {
  vi.stubEnv('TMPDIR', '/var/tmp');
  expect(await openMemoryFolder()).toBeNull();
});

test('others may enter the folder, and programs in it are run; where that cannot be there is none', async () => {
  vi.stubEnv('TMPDIR', undefined);
  const dir = await openMemoryFolder();
  if (dir === null) return;
  try {
    expect((await stat(dir)).mode & 0o777).toBe(0o755);
    const program = join(dir, 'say');
    await writeFile(program, '#!/bin/sh\necho here\n');
    await chmod(program, 0o755);
    expect((await promisify(execFile)(program)).stdout).toBe('here\n');
  } finally {
    await rm(dir, { recursive: true });
  }
});

test('the folder of a run that was killed goes an hour later; that of one that lives stays', async () => {
  vi.stubEnv('TMPDIR', undefined);
  const own = await openMemoryFolder();
  if (own === null) return;
  const gone = `/dev/shm/sightline-${spawnSync('true').pid}-test`;
  const hourLater = Date.now() + 3_700_000;
  try {
    await mkdir(gone);
    await sweepMemory();
    expect(existsSync(gone)).toBe(true);
    await sweepMemory(hourLater);
    expect([existsSync(gone), existsSync(own)]).toEqual([false, true]);
  } finally {
    await Promise.all([gone, own].map((dir) => rm(dir, { recursive: true, force: true })));
  }
});
