import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RecordedSegment } from '@sightline/contracts';
import { createAccount, inTransaction, noteSegments, seedDivisions } from '@sightline/store';
import { openTestStore, type TestStore } from '@sightline/store/testing';
import { testEnvironment } from './fixture.ts';

const program = fileURLToPath(new URL('../../care-main.ts', import.meta.url));
const seatId = 'venue-540235100201';

export const recordedAt = Temporal.Instant.from('2026-11-26T04:00:00Z');
export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
export const segmentName = (no: number) => `${String(no).padStart(6, '0')}.webm`;

/** An installation's files and its database, without its programs. */
export interface InstalledFiles extends AsyncDisposable {
  /** Where commands are typed; `data` below it is the data folder. */
  readonly dir: string;
  readonly store: TestStore;
  /** A meeting that is over, and so many segments of it, known and on the disk. */
  record(meetingId: string, count: number, bytes?: number): Promise<void>;
  /** The folder of the meeting's segments below that of recordings. */
  segmentsIn(recordings: string, meetingId: string): string;
  start(words: readonly string[]): ChildProcess;
  /** A command of `sightline`, to its end. */
  care(
    ...words: readonly string[]
  ): Promise<{ readonly code: number | null; readonly said: string }>;
}

export async function openInstalledFiles(): Promise<InstalledFiles> {
  const dir = await mkdtemp(join(tmpdir(), 'sightline-files-'));
  const store = await openTestStore();
  await seedDivisions(store.pool);
  const accountId = await createAccount(store.pool, {
    roles: ['dispatcher'],
    region: '5402',
    now: recordedAt,
  });
  const segmentsIn = (recordings: string, meetingId: string) =>
    join(dir, recordings, meetingId, meetingId, seatId);
  const start = (words: readonly string[]) => {
    const env = testEnvironment({ INIT_CWD: dir, DATABASE_URL: store.databaseUrl });
    return spawn(process.execPath, [program, ...words], { env, timeout: 120_000 });
  };
  return {
    dir,
    store,
    segmentsIn,
    start,
    async record(meetingId, count, bytes = 200_000) {
      await addMeeting(store, { meetingId, accountId });
      const folder = segmentsIn('data/media/recordings', meetingId);
      await mkdir(folder, { recursive: true });
      const segments: RecordedSegment[] = [];
      for (let no = 0; no < count; no += 1) {
        const content = Buffer.alloc(bytes, `${meetingId} ${no}`);
        await writeFile(join(folder, segmentName(no)), content);
        segments.push(segmentOf({ meetingId, no, content }));
      }
      await inTransaction(store, (client) => noteSegments(client, segments, recordedAt));
    },
    async care(...words) {
      const child = start(words);
      let said = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (part: Buffer) => (said += part.toString()));
      }
      await once(child, 'close');
      return { code: child.exitCode, said };
    },
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      await rm(dir, { recursive: true });
    },
  };
}

async function addMeeting(
  { pool }: TestStore,
  { meetingId, accountId }: { readonly meetingId: string; readonly accountId: string },
): Promise<void> {
  await pool.query(
    `insert into meeting (meeting_id, region, kind, title, account_id, chair, called_at, starts_at,
       ring_until, until, is_remote_opening, phase, opened_at, ended_at, ended_why, control)
     values ($1, '5402', 'meeting', 'a', $2::uuid, 'desk-' || $2::uuid, $3, $3, $4, $4, false,
       'over', $3, $4, 'chair', '{"isRecorded": false}')`,
    [meetingId, accountId, recordedAt.toString(), recordedAt.add({ minutes: 5 }).toString()],
  );
}

function segmentOf({
  meetingId,
  no,
  content,
}: {
  readonly meetingId: string;
  readonly no: number;
  readonly content: Buffer;
}): RecordedSegment {
  return {
    recordingId: meetingId,
    meetingId,
    seatId,
    no,
    from: '2026-11-26T04:00:00.000Z',
    durationMs: 4_000,
    bytes: content.length,
    sha256: sha256(content),
    hasVideo: true,
  };
}
