import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isRefusal } from '@sightline/contracts';
import { Outbox, startTerminal, type DeviceClock, type Terminal } from '@sightline/edge-agent';
import { quickRhythm, until } from '../edge-fixture.ts';

/**
 * Terminals on one outbox file. With codes: enrols them, makes a fact a minute at each for `minutes`
 * virtual minutes without a link and says `made N`. Then, with or without codes: lets the links come
 * back and says `waiting N` again and again, until `drained`; `source INDEX SOURCE` once each.
 */
const [dir = '', brokerMqttUrl = '', brokerHttpUrl = '', minutes = '0', ...codes] =
  process.argv.slice(2);
const count = 20;
const drainDeadlineMs = 240_000;
let uptimeMs = 60_000;
const device: DeviceClock = {
  bootId: crypto.randomUUID(),
  uptimeMs: () => uptimeMs,
  wallMs: () => Temporal.Instant.from('2026-11-01T00:00:00Z').epochMilliseconds + uptimeMs,
};
await using outbox = await Outbox.open(join(dir, 'outbox.sqlite'));
const terminals = await Promise.all(Array.from({ length: count }, (_, index) => open(index)));
if (codes.length > 0) await liveOffline();
for (const terminal of terminals) terminal.comeBack();
await until('everything is delivered', isDrained, drainDeadlineMs);
writeSync(1, 'drained\n');
await pause(drainDeadlineMs); // Until it is killed.

function open(index: number): Promise<Terminal> {
  const place = { dir: join(dir, `t${index}`), version: 'test', rhythm: quickRhythm };
  const code = codes[index];
  return startTerminal(
    { ...place, brokerMqttUrl, brokerHttpUrl, ...(code === undefined ? {} : { enrolCode: code }) },
    { outbox, device },
  );
}

async function liveOffline(): Promise<void> {
  await until('everybody is enrolled and told so', () => terminals.every(isReady));
  for (const [index, terminal] of terminals.entries()) {
    writeSync(1, `source ${index} ${terminal.state().source}\n`);
    terminal.goDark();
  }
  let made = 0;
  for (let minute = 0; minute < Number(minutes); minute += 1) {
    uptimeMs += 60_000;
    const facts = await Promise.all(terminals.map((terminal) => note(terminal, minute)));
    made += facts.filter((fact) => !isRefusal(fact)).length;
  }
  writeSync(1, `made ${made}\n`);
}

function isReady(terminal: Terminal): boolean {
  const { enrolment, clockCertain } = terminal.state();
  return enrolment === 'enrolled' && clockCertain;
}

function note(terminal: Terminal, minute: number): ReturnType<Terminal['record']> {
  const { terminalId, region } = terminal.state();
  return terminal.record({
    stream: `telemetry/${region}/offline`,
    type: 'telemetry.noted',
    actor: `terminal:${terminalId}`,
    data: { text: `${minute}` },
  });
}

function isDrained(): boolean {
  const waiting = terminals.reduce((sum, terminal) => sum + terminal.state().outbox.waiting, 0);
  writeSync(1, `waiting ${waiting}\n`);
  return waiting === 0;
}
