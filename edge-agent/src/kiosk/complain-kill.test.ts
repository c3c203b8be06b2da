import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { receiptOfComplaint } from '@sightline/contracts';
import { expect, test } from 'vitest';
import { readDesiredFile, writeDesiredFile } from '#desired/desired-file.ts';
import { prepareEnrolledDir } from '#testing/enrolled-dir.ts';
import { pendingFacts } from '#testing/pending-facts.ts';
import { temporaryDir } from '#testing/temporary-dir.ts';

const trials = 5;
const program = new URL('../testing/complain-main.ts', import.meta.url).pathname;

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

/** Runs the program; with a gate it is killed after that commit, before anybody is told of it. */
async function run(dir: string, ids: readonly string[], gateAt: number | null): Promise<string[]> {
  const gate = gateAt === null ? {} : { GATE_AT_COMMIT: String(gateAt) };
  const child = spawn(process.execPath, [program, dir, ...ids], {
    env: { ...process.env, NODE_OPTIONS: '', ...gate },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const told: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, id = '', receipt] = line.split(' ');
    if (word === 'done') {
      expect(receipt).toBe(receiptOfComplaint(id));
      told.push(id);
    }
    if (word === 'gated') child.kill('SIGKILL');
  }
  await exited;
  if (gateAt !== null) expect(child.signalCode).toBe('SIGKILL');
  return told;
}

test('a terminal killed between keeping a complaint and saying so keeps each exactly once for the centre, and no word of it in the clear', async () => {
  await using dir = await temporaryDir();
  await prepare(dir.path);
  const ids = Array.from({ length: trials * 2 }, () => randomUUID());
  for (let trial = 0; trial < trials; trial += 1) {
    // The third commit of a run is its second complaint, after terminal.started and one more.
    const asked = ids.slice(trial * 2, trial * 2 + 2);
    const told = await run(dir.path, asked, 3);
    expect(told.length).toBeLessThan(2);
    // The page heard nothing and asks again with the same ids.
    expect(await run(dir.path, asked, null)).toEqual(asked);
  }
  // Everything once more: nothing is kept that was kept before.
  const before = await pendingFacts(dir.path);
  await run(dir.path, ids, null);
  const facts = await pendingFacts(dir.path);
  const raised = facts.filter(({ type }) => type === 'complaint.raised');
  expect(raised).toHaveLength(before.filter(({ type }) => type === 'complaint.raised').length);
  // The centre takes the first fact of an id (`store`, complaint-projection): each stands there once.
  expect(new Set(raised.map(({ data }) => data['complaintId']))).toEqual(new Set(ids));
  const twice = raised.length - ids.length;
  expect(twice).toBeLessThanOrEqual(trials);
  process.stdout.write(`${trials} kills, ${ids.length} complaints, ${twice} said twice\n`);
  for (const file of ['outbox.sqlite', 'outbox.sqlite-wal', 'kiosk.db', 'kiosk.db-wal']) {
    const bytes = readIfThere(join(dir.path, file));
    expect([file, bytes.includes('灯坏了'), bytes.includes('13800000000')]).toEqual([
      file,
      false,
      false,
    ]);
  }
  expect(new Set(raised.map(({ actor }) => actor))).toEqual(new Set(['terminal:t-1']));
}, 180_000);

function readIfThere(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0); // A log that was checkpointed away.
  }
}
