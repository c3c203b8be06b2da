import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isRefusal } from '@sightline/contracts';
import { Outbox, startTerminal } from '@sightline/edge-agent';
import { quickRhythm } from '../edge-fixture.ts';

/**
 * A terminal that makes facts until it is killed. Says `up SOURCE` when linked, `done SEQ ID` for each
 * fact once it may be told to a person, and `delivered SEQ` for what the centre has.
 */
const [dir = '', brokerMqttUrl = '', brokerHttpUrl = '', enrolCode = ''] = process.argv.slice(2);
const betweenFactsMs = 4;
await using outbox = await Outbox.open(join(dir, 'outbox.sqlite'));
await using terminal = await startTerminal(
  { dir, brokerMqttUrl, brokerHttpUrl, enrolCode, version: 'test', rhythm: quickRhythm },
  { outbox },
);
let isUp = false;
let delivered = 0;
terminal.onChange(() => {
  const { link, source, outbox: stats } = terminal.state();
  if (link.state === 'up' && !isUp) writeSync(1, `up ${source}\n`);
  isUp = link.state === 'up';
  if (stats.settledTo > delivered) writeSync(1, `delivered ${stats.settledTo}\n`);
  delivered = stats.settledTo;
});
for (;;) {
  await pause(betweenFactsMs);
  const { terminalId, region } = terminal.state();
  if (terminalId === null || region === null) continue; // Not enrolled yet.
  const fact = await terminal.record({
    stream: `telemetry/${region}/kill`,
    type: 'telemetry.noted',
    actor: `terminal:${terminalId}`,
    data: { text: 'made until killed' },
  });
  if (!isRefusal(fact)) writeSync(1, `done ${fact.seq} ${fact.id}\n`);
}
