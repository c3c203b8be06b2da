import { execFile } from 'node:child_process';
import { chmod, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import { openMemoryFolder } from './memory-folder.ts';

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
