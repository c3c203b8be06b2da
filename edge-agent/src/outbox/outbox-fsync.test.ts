import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDir } from '#testing/temporary-dir.ts';

const program = new URL('../testing/append-main.ts', import.meta.url).pathname;
const hasStrace = spawnSync('strace', ['-V']).status === 0;
if (!hasStrace)
  process.stdout.write('Skipped: strace is not installed (apt-get install strace).\n');

describe('"done" as the kernel sees it', () => {
  it.skipIf(!hasStrace)('is said only after a flush of the outbox’s log to the disk', async () => {
    await using dir = await temporaryDir();
    const [file, trace] = [join(dir.path, 'outbox.sqlite'), join(dir.path, 'trace')];
    const facts = 12;
    execFileSync(
      'strace',
      // One fact at a time: between two "done" lines there must be a flush of its own.
      ['-f', '-y', '-s', '64', '-e', 'trace=fdatasync,fsync,write', '-o', trace].concat([
        process.execPath,
        program,
        file,
        String(facts),
        '1',
      ]),
      { env: { ...process.env, NODE_OPTIONS: '' } },
    );
    const calls = readFileSync(trace, 'utf8').split('\n').flatMap(kindOf);
    expect(calls.filter((call) => call === 'done').length).toBe(facts);
    const flushesBefore = calls.flatMap((call, index) =>
      call === 'done' ? [flushesBetween(calls, index)] : [],
    );
    expect(flushesBefore.every((flushes) => flushes > 0)).toBe(true);
  });
});

type Call = 'flush' | 'done';

function kindOf(line: string): Call[] {
  // A flush counts when it returns: `<unfinished …>` lines end without a result.
  // Node's SQLite is built without fdatasync and calls fsync, which flushes more.
  if (/f(?:data)?sync(\(.*outbox\.sqlite-wal|\sresumed).*= 0/.test(line)) return ['flush'];
  return /write\(1<.*"done \d+ /.test(line) ? ['done'] : [];
}

function flushesBetween(calls: readonly Call[], doneAt: number): number {
  const before = calls.slice(0, doneAt);
  return before.length - 1 - before.lastIndexOf('done');
}
