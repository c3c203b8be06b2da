import { writeSync } from 'node:fs';
import { isRefusal } from '@sightline/contracts';
import { Outbox } from '#outbox/outbox.ts';
import { address, noteDraft } from '#testing/draft.ts';

// A process that appends facts and says "done SEQ HASH" for each, as a kiosk would say it to a person.
const [file = '', facts = '1000000', abreast = '4'] = process.argv.slice(2);
const isGated = process.env['GATE_AT_COMMIT'] !== undefined;
await using outbox = await Outbox.open(
  file,
  isGated ? { threadFile: new URL('./gated-outbox-thread.ts', import.meta.url) } : {},
);
const source = await outbox.createSource(address);
let left = Number(facts);

async function appendAll(): Promise<void> {
  while (left > 0) {
    left -= 1;
    const kept = await source.append(noteDraft(`fact ${left}`));
    if (isRefusal(kept)) throw new Error(kept.detail);
    writeSync(1, `done ${kept.seq} ${kept.hash}\n`);
  }
}

await Promise.all(Array.from({ length: Number(abreast) }, appendAll));
