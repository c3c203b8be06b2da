import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { SupervisedChild } from './supervisor.ts';

let dir = '';
const program = `
import { appendFileSync } from 'node:fs';
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => { appendFileSync(process.env.LOG_FILE, 'stopped\\n'); process.exit(0); });
setInterval(() => {}, 1000);
process.send({ ready: true, pid: process.pid });
`;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'supervisor-'));
  await writeFile(join(dir, 'good.mjs'), program);
  await writeFile(join(dir, 'bad.mjs'), 'console.error("no database at port 1"); process.exit(3);');
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const openChild = (name: string, onNote: (note: string) => void = () => undefined) =>
  SupervisedChild.open({
    plan: { name, file: join(dir, `${name}.mjs`), env: { LOG_FILE: join(dir, 'words') } },
    logDir: join(dir, 'logs'),
    onNote,
  });

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

it('brings a killed program back and says so', async () => {
  const notes: string[] = [];
  await using child = await openChild('good', (note) => notes.push(note));
  const first = await child.start();
  await child.kill();
  await vi.waitFor(() => expect(notes).toHaveLength(1), { timeout: 5000 });
  const again = await vi.waitFor(
    async () => {
      const ready = await child.whenReady();
      expect(ready['pid']).not.toBe(first['pid']);
      return ready;
    },
    { timeout: 5000 },
  );
  expect(notes[0]).toMatch(/good ended \(SIGKILL\); it starts again in 200 ms/);
  await child.stop();
  expect(isAlive(Number(again['pid']))).toBe(false);
});

it('lets a program end in good order and leaves nothing running', async () => {
  await using child = await openChild('good');
  const { pid } = await child.start();
  await child.stop();
  expect(isAlive(Number(pid))).toBe(false);
  expect(await readFile(join(dir, 'words'), 'utf8')).toContain('stopped');
});

it('gives the last words of a program that does not come up', async () => {
  await using child = await openChild('bad');
  await expect(child.start()).rejects.toThrow(/bad ended \(code 3\)[\s\S]*no database at port 1/);
});
