import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { isRefusal } from '@sightline/contracts';
import { monotonicNow } from '#face/monotonic-now.ts';
import { Gallery } from '#face/gallery.ts';
import { dutyRoster } from '#kiosk/duty-roster.ts';
import { HandOverPasses } from '#kiosk/hand-over-passes.ts';
import { KioskRecords } from '#kiosk/kiosk-records.ts';
import { answerMeeting, sayPresent, showMeeting } from '#kiosk/meetings.ts';
import { Outbox } from '#outbox/outbox.ts';
import { startTerminal } from '#start-terminal.ts';

// A process that starts as a kiosk does, rings, answers a meeting and its roll call, and says each word
// when it is done. A test kills it in between.
const [dir = '', meetingId = ''] = process.argv.slice(2);
const isGated = process.env['GATE_AT_COMMIT'] !== undefined;
await using outbox = await Outbox.open(
  join(dir, 'outbox.sqlite'),
  isGated ? { threadFile: new URL('./gated-outbox-thread.ts', import.meta.url) } : {},
);
const brokerless = { brokerMqttUrl: 'mqtt://127.0.0.1:1', brokerHttpUrl: 'http://127.0.0.1:1' };
await using terminal = await startTerminal({ dir, version: 'test', ...brokerless }, { outbox });
using records = KioskRecords.open(dir);
const parts = {
  terminal,
  records,
  gallery: await Gallery.open({ dir, model: { id: 'none', length: 1 } }),
  pinSecret: Buffer.alloc(32),
  passes: new HandOverPasses(monotonicNow),
  roster: dutyRoster(() => terminal.desired()),
};
const touched = { meetingId, answer: 'accepted', how: 'touch' } as const;
const steps = [
  ['rung', () => showMeeting(parts, meetingId)],
  ['answered', () => answerMeeting(parts, touched)],
  ['present', () => sayPresent(parts, { meetingId, round: 1 }, 'button')],
] as const;
for (const [word, step] of steps) {
  const said = await step();
  if (isRefusal(said)) throw new Error(said.detail);
  writeSync(1, `${word}\n`);
}
