import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { isRefusal } from '@sightline/contracts';
import { Gallery } from '#face/gallery.ts';
import { monotonicNow } from '#face/monotonic-now.ts';
import { complain } from '#kiosk/complain.ts';
import { dutyRoster } from '#kiosk/duty-roster.ts';
import { HandOverPasses } from '#kiosk/hand-over-passes.ts';
import { KioskRecords } from '#kiosk/kiosk-records.ts';
import { Outbox } from '#outbox/outbox.ts';
import { startTerminal } from '#start-terminal.ts';

// A process that takes complaints by the ids it is given and says "done ID RECEIPT" for each, as a
// kiosk says it to a person. A test kills it and begins again, as a page does that got no answer.
const [dir = '', ...ids] = process.argv.slice(2);
const isGated = process.env['GATE_AT_COMMIT'] !== undefined;
await using outbox = await Outbox.open(
  join(dir, 'outbox.sqlite'),
  isGated ? { threadFile: new URL('./gated-outbox-thread.ts', import.meta.url) } : {},
);
const brokerless = { brokerMqttUrl: 'mqtt://127.0.0.1:1', brokerHttpUrl: 'http://127.0.0.1:1' };
await using terminal = await startTerminal({ dir, version: 'test', ...brokerless }, { outbox });
using records = KioskRecords.open(dir);
const gallery = await Gallery.open({ dir, model: { id: 'none', length: 1 } });
const parts = {
  terminal,
  records,
  gallery,
  pinSecret: Buffer.alloc(32),
  passes: new HandOverPasses(monotonicNow),
  roster: dutyRoster(() => terminal.desired()),
};
for (const complaintId of ids) {
  const said = { kind: 'complaint', sentences: ['terminal-broken'], text: '灯坏了' } as const;
  const answer = await complain(parts, {
    complaintId,
    ...said,
    sentences: [...said.sentences],
    contact: '13800000000',
  });
  if (isRefusal(answer)) throw new Error(answer.detail);
  writeSync(1, `done ${complaintId} ${answer.receipt}\n`);
}
