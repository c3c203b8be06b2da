import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { readDesiredFile, writeDesiredFile } from '#desired/desired-file.ts';
import { instantText } from '#domain/read-clock.ts';
import { tableMeeting, tableRollCall } from '#kiosk/testing/table-meeting.ts';
import { prepareEnrolledDir } from '#testing/enrolled-dir.ts';
import { pendingFacts } from '#testing/pending-facts.ts';
import { temporaryDir } from '#testing/temporary-dir.ts';

const program = new URL('../testing/meeting-main.ts', import.meta.url).pathname;

/** An enrolled terminal whose meeting is open now and calls the roll. */
async function prepare(dir: string): Promise<string> {
  await prepareEnrolledDir(dir);
  const file = join(dir, 'desired.json');
  const desired = await readDesiredFile(file);
  if (desired === null) throw new Error('The folder has no desired document.');
  const hoursFromNow = (hours: number) => instantText(Date.now() + hours * 3_600_000);
  const meeting = tableMeeting({
    startsAt: hoursFromNow(-1),
    ringUntil: hoursFromNow(1),
    until: hoursFromNow(6),
    rollCall: tableRollCall({ until: hoursFromNow(1) }),
  });
  await writeDesiredFile(file, { ...desired, meetings: [meeting] });
  return meeting.meetingId;
}

/** Runs the program; with a gate it is killed after that commit, before anything else is written. */
async function run(dir: string, meetingId: string, gateAt: number | null): Promise<string[]> {
  const gate = gateAt === null ? {} : { GATE_AT_COMMIT: String(gateAt) };
  const child = spawn(process.execPath, [program, dir, meetingId], {
    env: { ...process.env, NODE_OPTIONS: '', ...gate },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.trim() === 'gated') child.kill('SIGKILL');
    else if (!line.startsWith('committed')) said.push(line.trim());
  }
  await exited;
  if (gateAt !== null) expect(child.signalCode).toBe('SIGKILL');
  return said;
}

async function wordsIn(dir: string): Promise<string[]> {
  return (await pendingFacts(dir))
    .map(({ type }) => type)
    .filter((type) => type.startsWith('meeting.'));
}

test('a terminal killed while it answers has said all it told the page, and says nothing a third time', async () => {
  await using dir = await temporaryDir();
  const meetingId = await prepare(dir.path);
  // Commits of the first run: its source, terminal.started, answered. By a clock nobody set it does not ring.
  expect(await run(dir.path, meetingId, 3)).toEqual(['rung']);
  expect(await wordsIn(dir.path)).toEqual(['meeting.answered']);
  expect(await run(dir.path, meetingId, null)).toEqual(['rung', 'answered', 'present']);
  await run(dir.path, meetingId, null);
  // Once each, but for the one the power cut hit: said again, and the first counts.
  expect(await wordsIn(dir.path)).toEqual([
    'meeting.answered',
    'meeting.answered',
    'meeting.present',
  ]);
}, 120_000);
