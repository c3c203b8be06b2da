import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDir } from '#testing/temporary-dir.ts';
import { readMachine } from './read-machine.ts';
import { SelfTests } from './self-tests.ts';

const selfTest = {
  at: '2026-11-26T04:00:00.000Z',
  camera: 'seen',
  microphone: 'heard',
  speaker: 'heard',
} as const;

test('a machine says its disk and memory, and its hottest sensor', async () => {
  await using dir = await temporaryDir();
  const thermal = join(dir.path, 'thermal');
  for (const [zone, text] of Object.entries({ 0: '41500\n', 1: '63240\n', 2: '0\n', 3: 'x' })) {
    await mkdir(join(thermal, `thermal_zone${zone}`), { recursive: true });
    await writeFile(join(thermal, `thermal_zone${zone}`, 'temp'), text);
  }
  await mkdir(join(thermal, 'cooling_device0'));
  const machine = readMachine(dir.path, thermal);
  expect(machine.temperatureC).toBe(63.2);
  expect(machine.diskFreeMb).toBeLessThanOrEqual(machine.diskTotalMb);
  expect(machine.memoryFreeMb).toBeGreaterThan(0);
});

test('a machine without sensors says that it knows no temperature, never a number', async () => {
  await using dir = await temporaryDir();
  expect(readMachine(dir.path, join(dir.path, 'nowhere')).temperatureC).toBeNull();
});

test('the last self-test outlives a restart, and a damaged file counts as none', async () => {
  await using dir = await temporaryDir();
  const first = await SelfTests.open(dir.path);
  expect(first.last()).toBeNull();
  await first.note(selfTest);
  expect((await SelfTests.open(dir.path)).last()).toEqual(selfTest);
  await writeFile(join(dir.path, 'self-test.json'), '{"at":"yesterday"}');
  expect((await SelfTests.open(dir.path)).last()).toBeNull();
});
