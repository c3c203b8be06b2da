import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { openTestStore } from '@sightline/store/testing';
import { packetText, type Device } from '#testing/device.ts';
import { enrolDevices } from '#testing/open-test-broker.ts';
import { TerminalClient } from '#testing/wire-client.ts';

/**
 * `node broker/src/testing/measure-ingest.ts [facts] [facts per packet] [sources]`: the broker as a
 * process of its own on the embedded database, sealed packets from several sources, a window of packets
 * in flight each. Prints facts per second until the last application ack, and CPU per fact.
 */
const [facts = 60_000, perPacket = 16, sources = 8] = process.argv.slice(2).map(Number);
const packetsInFlight = 16;
const ticksPerS = 100;

await using store = await openTestStore();
const broker = fork(fileURLToPath(new URL('../main.ts', import.meta.url)), {
  env: {
    ...process.env,
    DATABASE_URL: store.databaseUrl,
    SIGHTLINE_MQTT_PORT: '0',
    SIGHTLINE_BROKER_HTTP_PORT: '0',
    SIGHTLINE_LOG_LEVEL: 'warn',
  },
  execArgv: process.env['BROKER_EXEC_ARGV']?.split(' ') ?? [],
});
const [ports] = (await once(broker, 'message')) as [{ mqttPort: number; httpPort: number }];
const devices = await enrolDevices(store, ports.httpPort, sources);
const packets = devices.map((device) =>
  makePackets(device, Math.ceil(facts / sources / perPacket)),
);
const clients = await Promise.all(devices.map((device) => TerminalClient.open(device, ports)));
const cpuBefore = cpuMs(broker.pid ?? 0);
const beganAt = performance.now();
await Promise.all(clients.map((client, index) => pump(client, packets[index] ?? [])));
const tookMs = performance.now() - beganAt;
const cpu = cpuMs(broker.pid ?? 0) - cpuBefore;
const sent = packets.flat().length * perPacket;
const { rows } = await store.pool.query<{ count: number }>(
  "select count(*) from log where source <> 'centre'",
);
process.stdout.write(
  `${JSON.stringify({
    sent,
    stored: rows[0]?.count,
    perPacket,
    sources,
    cores: availableParallelism(),
    factsPerS: Math.round((sent / tookMs) * 1_000),
    brokerCpuUsPerFact: Number(((cpu * 1_000) / sent).toFixed(2)),
    ackP50Ms: Number(percentile(0.5).toFixed(1)),
    ackP99Ms: Number(percentile(0.99).toFixed(1)),
  })}\n`,
);
for (const client of clients) await client[Symbol.asyncDispose]();
broker.disconnect();
await once(broker, 'exit');
process.exitCode = 0;

function makePackets(device: Device, count: number): string[] {
  return Array.from({ length: count }, () => packetText(device.packet(perPacket)));
}

async function pump(client: TerminalClient, texts: readonly string[]): Promise<void> {
  const sentAt: number[] = [];
  let acked = 0;
  for (const text of texts) {
    if (sentAt.length - acked >= packetsInFlight) await settle();
    sentAt.push(performance.now());
    client.publish(text);
  }
  while (acked < sentAt.length) await settle();

  async function settle(): Promise<void> {
    const ack = await client.nextAck();
    if (ack.trouble !== null) throw new Error(`Trouble: ${ack.trouble}.`);
    latencies().push(performance.now() - (sentAt[acked] ?? 0));
    acked += 1;
  }
}

function percentile(share: number): number {
  const sorted = latencies().toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? 0;
}

function latencies(): number[] {
  // One list a run; a module constant would be read before it is made.
  return ((globalThis as { ackLatencies?: number[] }).ackLatencies ??= []);
}

/** User and system time of a process, all threads, in ms. */
function cpuMs(pid: number): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const fields = rest.split(' ').map(Number);
  return (((fields[11] ?? 0) + (fields[12] ?? 0)) * 1_000) / ticksPerS;
}
