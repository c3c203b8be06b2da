import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { emptyHead } from '@sightline/contracts';
import { describe, expect, it } from 'vitest';
import { OutboxFile } from '#outbox/outbox-file.ts';
import type { PendingFact } from '#outbox/outbox-messages.ts';
import { roomy } from '#testing/draft.ts';
import {
  append,
  crash,
  deadLetters,
  open,
  pending,
  settle,
  statsOf,
  valueOf,
} from '#testing/outbox-file-probe.ts';
import { temporaryDir } from '#testing/temporary-dir.ts';
import { verifyChain } from '#testing/verify-chain.ts';

describe('the outbox file', () => {
  it('reads back that it is durable, and that its log is private', async () => {
    await using dir = await temporaryDir();
    const outbox = open(join(dir.path, 'o.sqlite'));
    expect(outbox.durable).toEqual({ journalMode: 'wal', synchronous: 2 });
    for (const file of ['o.sqlite', 'o.sqlite-wal']) {
      expect(statSync(join(dir.path, file)).mode & 0o777).toBe(0o600);
    }
    outbox.close();
  });

  it('goes on with the chain after everything was freed and the file reopened', async () => {
    await using dir = await temporaryDir();
    const file = join(dir.path, 'o.sqlite');
    const first = open(file);
    const before = append(first, 'a', 'b').map((reply) => valueOf(reply) as PendingFact);
    settle(first, 2);
    first.close();
    const second = open(file);
    const [after] = append(second, 'c').map((reply) => valueOf(reply) as PendingFact);
    verifyChain([...before.map(({ body }) => body), after?.body ?? ''], emptyHead);
    second.close();
  });

  it('says the server is ahead when it acknowledges what was never written here', async () => {
    await using dir = await temporaryDir();
    const outbox = open(join(dir.path, 'o.sqlite'));
    append(outbox, 'a');
    expect(settle(outbox, 2)).toBe('ahead');
    expect(statsOf(outbox)).toMatchObject({ waiting: 1, settledTo: 0 });
    outbox.close();
  });

  it('refuses to append at its limit, names the remedy, and loses nothing', async () => {
    await using dir = await temporaryDir();
    const outbox = open(join(dir.path, 'o.sqlite'), { ...roomy, waitingFacts: 3 });
    const replies = append(outbox, 'a', 'b', 'c', 'd');
    expect(replies.slice(0, 3).map((reply) => (valueOf(reply) as PendingFact).seq)).toEqual([
      1, 2, 3,
    ]);
    expect(valueOf(replies[3])).toMatchObject({
      code: 'outbox-full',
      detail: expect.stringContaining('restore the link'),
    });
    settle(outbox, 1);
    expect(valueOf(append(outbox, 'e')[0])).toMatchObject({ seq: 4 });
    outbox.close();
  });

  it('refuses to append when its file is as large as it may be, and still frees', async () => {
    await using dir = await temporaryDir();
    const outbox = open(join(dir.path, 'o.sqlite'), { ...roomy, fileBytes: 300 * 1024 });
    const text = 'x'.repeat(500);
    const kept = Array.from({ length: 1_000 }, () => valueOf(append(outbox, text)[0]));
    const seqs = kept.flatMap((each) =>
      each !== null && typeof each === 'object' && 'seq' in each ? [each.seq] : [],
    );
    expect(seqs.length).toBeGreaterThan(100);
    expect(seqs.length).toBeLessThan(1_000);
    expect(kept.at(-1)).toMatchObject({ code: 'disk-full' });
    expect(pending(outbox).map(({ seq }) => seq)).toEqual(seqs);
    expect(settle(outbox, seqs.length)).toBe('settled');
    expect(valueOf(append(outbox, text)[0])).toMatchObject({ seq: seqs.length + 1 });
    outbox.close();
  });

  it('bounds dead letters by dropping the oldest and counting them', async () => {
    await using dir = await temporaryDir();
    const outbox = open(join(dir.path, 'o.sqlite'), { ...roomy, deadLetters: 2 });
    append(outbox, 'a', 'b', 'c', 'd');
    settle(outbox, 4, [1, 2, 4]);
    expect(deadLetters(outbox).map(({ seq, message }) => [seq, message])).toEqual([
      [4, 'no 4'],
      [2, 'no 2'],
    ]);
    expect(statsOf(outbox)).toMatchObject({ deadLetters: 2, deadLettersDropped: 1 });
    outbox.close();
  });

  it('moves a damaged file aside, says why, and begins an empty one', async () => {
    await using dir = await temporaryDir();
    const file = join(dir.path, 'o.sqlite');
    const outbox = open(file);
    append(outbox, ...Array.from({ length: 200 }, (_, n) => `fact ${n}`));
    outbox.close();
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 4_096, 20_000);
    writeFileSync(file, bytes);
    const mended = new OutboxFile(file, roomy);
    expect(mended.movedAside).toMatchObject({ to: expect.stringContaining('.damaged-') });
    expect(readFileSync(mended.movedAside?.to ?? '').equals(bytes)).toBe(true);
    expect(mended.stats()).toEqual([]);
    mended.close();
    const again = new OutboxFile(file, roomy);
    expect(again.movedAside).toBeNull();
    again.close();
  });

  it('moves a file aside that is no database at all', async () => {
    await using dir = await temporaryDir();
    const file = join(dir.path, 'o.sqlite');
    writeFileSync(file, 'this is not a database, whatever its name says'.repeat(100));
    const outbox = new OutboxFile(file, roomy);
    expect(outbox.movedAside?.reason).toMatch(/not a database/);
    outbox.close();
  });

  it('forgets a torn tail of its log and keeps every fact before it', async () => {
    await using dir = await temporaryDir();
    const [file, copy] = [join(dir.path, 'o.sqlite'), join(dir.path, 'copy.sqlite')];
    const outbox = open(file);
    for (let n = 0; n < 20; n += 1) append(outbox, `fact ${n}`);
    crash(file, copy);
    outbox.close();
    const wal = readFileSync(`${copy}-wal`);
    writeFileSync(`${copy}-wal`, wal.subarray(0, wal.byteLength - 1_000));
    const reopened = new OutboxFile(copy, roomy);
    const bodies = pending(reopened).map(({ body }) => body);
    expect(reopened.movedAside).toBeNull();
    expect(bodies.length).toBe(19);
    expect(verifyChain(bodies, emptyHead).hash).toBe(statsOf(reopened)?.hash);
    reopened.close();
  });

  it('refuses a file that another process has, one of a newer version, and leaves both alone', async () => {
    await using dir = await temporaryDir();
    const file = join(dir.path, 'o.sqlite');
    const outbox = open(file);
    expect(() => new OutboxFile(file, roomy)).toThrow(/another process is using it/);
    outbox.close();
    const database = new DatabaseSync(file);
    database.exec('pragma user_version = 99');
    database.close();
    expect(() => new OutboxFile(file, roomy)).toThrow(/its version is 99.*start the newer program/);
  });
});
