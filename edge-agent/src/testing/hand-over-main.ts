import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { isRefusal } from '@sightline/contracts';
import { monotonicNow } from '#face/monotonic-now.ts';
import { Gallery } from '#face/gallery.ts';
import { checkIn } from '#kiosk/check-in.ts';
import { dutyRoster } from '#kiosk/duty-roster.ts';
import { HandOverPasses } from '#kiosk/hand-over-passes.ts';
import { HandOverRecords } from '#kiosk/hand-over-records.ts';
import { leaveItem, settleHandOvers } from '#kiosk/hand-over.ts';
import { KioskRecords } from '#kiosk/kiosk-records.ts';
import { openVoiceNotes } from '#kiosk/voice-notes.ts';
import { Outbox } from '#outbox/outbox.ts';
import { startTerminal } from '#start-terminal.ts';

// A process that starts as a kiosk does, checks a person in and leaves items by the ids it is given: it
// says "left ID" for each, and at last "open ID …", what it holds open. A test kills it in between.
const [dir = '', personId = '', ...ids] = process.argv.slice(2);
const isGated = process.env['GATE_AT_COMMIT'] !== undefined;
await using outbox = await Outbox.open(
  join(dir, 'outbox.sqlite'),
  isGated ? { threadFile: new URL('./gated-outbox-thread.ts', import.meta.url) } : {},
);
const brokerless = { brokerMqttUrl: 'mqtt://127.0.0.1:1', brokerHttpUrl: 'http://127.0.0.1:1' };
await using terminal = await startTerminal({ dir, version: 'test', ...brokerless }, { outbox });
using records = KioskRecords.open(dir);
using handOvers = HandOverRecords.open(dir);
const parts = {
  terminal,
  records,
  handOvers,
  voices: await openVoiceNotes(dir),
  gallery: await Gallery.open({ dir, model: { id: 'none', length: 1 } }),
  pinSecret: Buffer.alloc(32),
  passes: new HandOverPasses(monotonicNow),
  roster: dutyRoster(() => terminal.desired()),
};
await settleHandOvers(parts);
const arrived = await checkIn(parts, { method: 'pin', personId });
if (isRefusal(arrived) || !('pass' in arrived)) throw new Error('Nobody could check in.');
const { pass } = arrived;
for (const itemId of ids) {
  const said = { pass, itemId, sentences: ['water-rising'], text: '桥头水位高' } as const;
  const answer = await leaveItem(parts, said);
  if (isRefusal(answer)) throw new Error(answer.detail);
  writeSync(1, `left ${itemId}\n`);
}
writeSync(1, `open ${[...handOvers.items().keys()].join(' ')}\n`);
