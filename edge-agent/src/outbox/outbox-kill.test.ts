import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { emptyHead } from '@sightline/contracts';
import { describe, expect, it } from 'vitest';
import { OutboxFile } from '#outbox/outbox-file.ts';
import type { PendingFact } from '#outbox/outbox-messages.ts';
import { address, roomy } from '#testing/draft.ts';
import { temporaryDir } from '#testing/temporary-dir.ts';
import { verifyChain } from '#testing/verify-chain.ts';

const trials = 20;
const program = new URL('../testing/append-main.ts', import.meta.url).pathname;

interface Killed {
  /** What the process said is done: seq → hash. */
  readonly done: ReadonlyMap<number, string>;
  /** The last commit it made before it died. */
  readonly committedTo: number;
}

interface Place {
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Where the program works; it has run once, so that its code is compiled for the kills. */
function preparePlace(dir: string): Place {
  const file = join(dir, 'outbox.sqlite');
  const env = { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: join(dir, 'compiled') };
  execFileSync(process.execPath, [program, file, '1', '1'], { env });
  return { file, env };
}

/** Runs the program and kills it: at its gate, or after so many lines. */
async function killOnce(
  place: Place,
  { gateAt, afterLines }: { readonly gateAt: number; readonly afterLines: number },
): Promise<Killed> {
  const child: ChildProcess = spawn(process.execPath, [program, place.file], {
    env: { ...place.env, GATE_AT_COMMIT: String(gateAt) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const done = new Map<number, string>();
  let committedTo = 0;
  let lines = 0;
  const exited = once(child, 'exit');
  if (child.stdout === null) throw new Error('The child has no output.');
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, seq, hash] = line.split(' ');
    if (word === 'done') done.set(Number(seq), hash ?? '');
    if (word === 'committed') committedTo = Math.max(committedTo, Number(seq));
    lines += 1;
    if (word === 'gated' || (gateAt === 0 && lines === afterLines)) child.kill('SIGKILL');
  }
  await exited;
  expect(child.signalCode).toBe('SIGKILL');
  return { done, committedTo };
}

describe('an agent killed with kill -9', () => {
  it('has every fact it said was done, exactly once, in an unbroken chain', async () => {
    await using dir = await temporaryDir();
    const place = preparePlace(dir.path);
    const told = new Map<number, string>();
    let betweenCommitAndReport = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      // Even trials stop the writer after a commit that nobody was told of; odd ones end anywhere.
      const gateAt = trial % 2 === 0 ? 2 + ((trial * 7) % 11) : 0;
      const killed = await killOnce(place, { gateAt, afterLines: 3 + ((trial * 13) % 40) });
      for (const [seq, hash] of killed.done) told.set(seq, hash);
      if (killed.committedTo > Math.max(0, ...killed.done.keys())) betweenCommitAndReport += 1;

      const outbox = new OutboxFile(place.file, roomy);
      const { source } = address;
      const { replies } = outbox.run([{ kind: 'pending', source, fromSeq: 1, limit: 100_000 }]);
      outbox.close();
      const facts = (replies[0] as { value: PendingFact[] }).value; // `pending` answers with facts.
      const hashOf = new Map(facts.map(({ seq, hash }) => [seq, hash]));
      expect([...told].filter(([seq, hash]) => hashOf.get(seq) !== hash)).toEqual([]);
      expect(facts.length).toBeGreaterThanOrEqual(killed.committedTo);
      verifyChain(
        facts.map(({ body }) => body),
        emptyHead,
      );
    }
    expect(told.size).toBeGreaterThan(trials);
    expect(betweenCommitAndReport).toBeGreaterThanOrEqual(Math.ceil(trials / 3));
    process.stdout.write(
      `${trials} kills, ${told.size} facts told, ${betweenCommitAndReport} between commit and report\n`,
    );
  }, 120_000);
});
