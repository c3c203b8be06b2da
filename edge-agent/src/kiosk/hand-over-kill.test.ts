import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { readDesiredFile, writeDesiredFile } from '#desired/desired-file.ts';
import { person, prepareEnrolledDir } from '#testing/enrolled-dir.ts';
import { pendingFacts } from '#testing/pending-facts.ts';
import { temporaryDir } from '#testing/temporary-dir.ts';

const program = new URL('../testing/hand-over-main.ts', import.meta.url).pathname;

/** An enrolled terminal that has met its centre: it holds a key to seal with. */
async function prepare(dir: string): Promise<void> {
  await prepareEnrolledDir(dir);
  const file = join(dir, 'desired.json');
  const desired = await readDesiredFile(file);
  if (desired === null) throw new Error('The folder has no desired document.');
  const { publicKey } = generateKeyPairSync('x25519', {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  const key = { keyId: randomUUID(), publicKey: publicKey.toString('base64url') };
  await writeDesiredFile(file, { ...desired, complaints: { answerDays: 7, key, standings: [] } });
}

interface Told {
  readonly left: readonly string[];
  /** What it held open at its end; null = it was killed before. */
  readonly open: readonly string[] | null;
}

/** Runs the program; with a gate it is killed after that commit, before anything else is written. */
async function run(dir: string, ids: readonly string[], gateAt: number | null): Promise<Told> {
  const gate = gateAt === null ? {} : { GATE_AT_COMMIT: String(gateAt) };
  const child = spawn(process.execPath, [program, dir, person.personId, ...ids], {
    env: { ...process.env, NODE_OPTIONS: '', ...gate },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const left: string[] = [];
  let open: string[] | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, ...rest] = line.trim().split(' ');
    if (word === 'left') left.push(...rest);
    if (word === 'open') open = rest;
    if (word === 'gated') child.kill('SIGKILL');
  }
  await exited;
  if (gateAt !== null) expect(child.signalCode).toBe('SIGKILL');
  return { left, open };
}

async function itemsIn(dir: string): Promise<string[]> {
  return (await pendingFacts(dir))
    .filter(({ type }) => type === 'hand-over.left')
    .map(({ data }) => String(data['itemId']));
}

test('a terminal killed between keeping an item and noting it knows the item at its next start, although nobody asks again', async () => {
  await using dir = await temporaryDir();
  await prepare(dir.path);
  const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
  // Commits of the first run: its source, terminal.started, the check-in, the two items.
  const killed = await run(dir.path, [first, second], 5);
  expect(killed).toEqual({ left: [first], open: null });
  expect(await itemsIn(dir.path)).toEqual([first, second]);
  // Nobody asks for the second one again; the next start knows it.
  const next = await run(dir.path, [], null);
  expect(next.open).toEqual([first, second]);
  const asked = await run(dir.path, [first, second, third], null);
  expect(asked.open).toEqual([first, second, third]);
  // Once in the outbox each, but for the one the power cut hit: said again, and the first counts.
  expect(await itemsIn(dir.path)).toEqual([first, second, second, third]);
}, 120_000);
