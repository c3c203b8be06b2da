import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listQuarantine } from '@sightline/store';
import { openTestBroker, type TestBroker } from '#testing/open-test-broker.ts';
import { packetText } from '#testing/device.ts';
import { TerminalClient } from '#testing/wire-client.ts';

let broker: TestBroker;
let next = 0;

beforeAll(async () => {
  broker = await openTestBroker({ devices: 24 });
});
afterAll(() => broker[Symbol.asyncDispose]());

/** A device nobody used yet, connected. */
async function openTerminal(): Promise<TerminalClient> {
  const device = broker.devices[next];
  next += 1;
  if (device === undefined) throw new Error('More devices are needed.');
  return TerminalClient.open(device, broker);
}

async function storedSeqs(source: string): Promise<number[]> {
  const { rows } = await broker.store.pool.query<{ seq: number }>(
    'select seq from log where source = $1 order by position',
    [source],
  );
  return rows.map(({ seq }) => seq);
}

async function quarantined(region: string): Promise<{ seq: number; reason: string }[]> {
  const rows = await listQuarantine(broker.store.pool, region, { limit: 50 });
  return rows.map(({ seq, reason }) => ({ seq, reason })).toReversed();
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('what is acknowledged is stored', () => {
  test('a packet of facts stands in the log, in order, with its seal, when the ack comes', async () => {
    await using terminal = await openTerminal();
    const packet = terminal.device.packet(16);
    const ack = await terminal.deliver(packet);
    expect(ack).toMatchObject({ v: 1, committedTo: 16, rejected: [], trouble: null });
    expect(await storedSeqs(terminal.device.source)).toEqual(range(1, 16));
    const { rows } = await broker.store.pool.query<{ seq: number }>(
      'select seq from seal where source = $1',
      [terminal.device.source],
    );
    expect(rows).toEqual([{ seq: 16 }]);
  });

  test('no PUBACK and no ack comes before the commit', async () => {
    await using terminal = await openTerminal();
    await terminal.deliver(terminal.device.packet(1));
    const holder = await broker.store.pool.connect();
    await holder.query('begin');
    await holder.query('select lock_log()');
    const messageId = terminal.publish(packetText(terminal.device.packet(1)));
    await untilBlocked();
    terminal.beat({ v: 1 }); // The link itself is alive meanwhile.
    expect(terminal.wire.arrived).toEqual([]);
    const releasedAtMs = performance.now();
    await holder.query('rollback');
    holder.release();
    const puback = await terminal.wire.next('puback', (packet) => packet.messageId === messageId);
    expect(puback.arrivedAtMs).toBeGreaterThan(releasedAtMs);
    expect(await terminal.nextAck()).toMatchObject({ committedTo: 2 });
  });

  test('packets in flight together are answered in the order they were sent', async () => {
    await using terminal = await openTerminal();
    const ids = range(1, 30).map(() => terminal.publish(packetText(terminal.device.packet(3))));
    for (const id of ids) expect((await terminal.wire.next('puback')).messageId).toBe(id);
    for (const [index] of ids.entries()) {
      expect((await terminal.nextAck()).committedTo).toBe((index + 1) * 3);
    }
    expect(await storedSeqs(terminal.device.source)).toEqual(range(1, 90));
  });

  test('the same packet again is acknowledged and not stored twice', async () => {
    await using terminal = await openTerminal();
    const packets = range(1, 4).map(() => terminal.device.packet(4));
    for (const packet of packets) await terminal.deliver(packet);
    for (const packet of packets) {
      expect(await terminal.deliver(packet)).toMatchObject({ committedTo: 16, trouble: null });
    }
    expect(await storedSeqs(terminal.device.source)).toEqual(range(1, 16));
  });

  test('a packet cut anew that overlaps what is stored adds only what is new', async () => {
    await using terminal = await openTerminal();
    const first = terminal.device.packet(4);
    await terminal.deliver(first);
    const second = terminal.device.packet(4);
    const both = { seal: second.seal, bodies: [...first.bodies, ...second.bodies] };
    expect(await terminal.deliver(both)).toMatchObject({ committedTo: 8, rejected: [] });
    expect(await storedSeqs(terminal.device.source)).toEqual(range(1, 8));
  });

  test('a packet sent again while the first is still being written is stored once', async () => {
    await using terminal = await openTerminal();
    const text = packetText(terminal.device.packet(8));
    terminal.publish(text);
    terminal.publish(text);
    expect(await terminal.nextAck()).toMatchObject({ committedTo: 8, trouble: null });
    expect(await terminal.nextAck()).toMatchObject({ committedTo: 8, trouble: null });
    expect(await storedSeqs(terminal.device.source)).toEqual(range(1, 8));
  });
});

describe('a lying or broken terminal', () => {
  test('a packet that leaves facts out is told where to begin again, and harms nothing', async () => {
    await using terminal = await openTerminal();
    const lost = terminal.device.packet(2);
    const late = terminal.device.packet(2);
    expect(await terminal.deliver(late)).toMatchObject({ committedTo: 0, trouble: 'gap' });
    expect(await terminal.deliver(lost)).toMatchObject({ committedTo: 2, trouble: null });
    expect(await terminal.deliver(late)).toMatchObject({ committedTo: 4, trouble: null });
    expect(await quarantined(terminal.device.region)).toEqual([]);
  });

  test('another fact at a settled seq is a fork: evidence is kept, the log stands', async () => {
    await using terminal = await openTerminal();
    const before = { ...terminal.device.head };
    await terminal.deliver(terminal.device.packet(3));
    const honest = { ...terminal.device.head };
    terminal.device.head = before;
    const forked = terminal.device.packet(3);
    expect(await terminal.deliver(forked)).toMatchObject({ committedTo: 3, trouble: 'fork' });
    expect(await quarantined(terminal.device.region)).toEqual([{ seq: 3, reason: 'fork' }]);
    expect(await storedSeqs(terminal.device.source)).toEqual([1, 2, 3]);
    terminal.device.head = honest;
    expect(await terminal.deliver(terminal.device.packet(1))).toMatchObject({ committedTo: 4 });
  });

  test('a fork of facts long before the head is seen too', async () => {
    await using terminal = await openTerminal();
    const before = { ...terminal.device.head };
    await terminal.deliver(terminal.device.packet(2));
    await terminal.deliver(terminal.device.packet(5));
    terminal.device.head = before;
    expect(await terminal.deliver(terminal.device.packet(2))).toMatchObject({ trouble: 'fork' });
  });

  test('a seal of another key takes nothing and is kept as evidence', async () => {
    await using terminal = await openTerminal();
    const packet = terminal.device.packet(2);
    const stranger = broker.devices.at(-1);
    const forged = { ...packet, seal: { ...packet.seal, sig: stranger?.seal().sig ?? '' } };
    expect(await terminal.deliver(forged)).toMatchObject({ committedTo: 0, trouble: 'bad-seal' });
    expect(await quarantined(terminal.device.region)).toEqual([{ seq: 2, reason: 'bad-seal' }]);
    expect(await terminal.deliver(packet)).toMatchObject({ committedTo: 2, trouble: null });
  });

  test('a changed fact under an old seal takes nothing', async () => {
    await using terminal = await openTerminal();
    const packet = terminal.device.packet(2);
    const bodies = packet.bodies.map((body) => body.replace('many', 'few'));
    expect(await terminal.deliver({ ...packet, bodies })).toMatchObject({ trouble: 'bad-seal' });
    const [first = '', last = ''] = packet.bodies;
    const middle = { ...packet, bodies: [first.replace('many', 'few'), last] };
    expect(await terminal.deliver(middle)).toMatchObject({ trouble: 'broken-chain' });
    expect(await storedSeqs(terminal.device.source)).toEqual([]);
  });

  test('of packets sent together the good ones before a bad one are stored, those after wait', async () => {
    await using terminal = await openTerminal();
    const { device } = terminal;
    const [first, second, third] = [device.packet(4), device.packet(4), device.packet(4)];
    const bodies = second.bodies.map((body) => body.replace('many', 'few'));
    const texts = [first, { ...second, bodies }, third].map(packetText);
    terminal.publishTogether(texts);
    expect(await terminal.nextAck()).toMatchObject({ committedTo: 4, trouble: null });
    expect(await terminal.nextAck()).toMatchObject({ committedTo: 4, trouble: 'bad-seal' });
    expect(await terminal.nextAck()).toMatchObject({ committedTo: 4, trouble: 'gap' });
    terminal.publishTogether([second, third].map(packetText));
    expect(await terminal.nextAck()).toMatchObject({ committedTo: 8, trouble: null });
    expect(await terminal.nextAck()).toMatchObject({ committedTo: 12, trouble: null });
    expect(await storedSeqs(device.source)).toEqual(range(1, 12));
  });

  test('of packets sent together each ack names the refused facts of its own packet', async () => {
    await using terminal = await openTerminal();
    const bad = (index: number) => (index === 1 ? { type: 'duty.imagined' } : {});
    terminal.publishTogether([0, 1, 2].map(() => packetText(terminal.device.packet(4, bad))));
    for (const [index] of [0, 1, 2].entries()) {
      const ack = await terminal.nextAck();
      expect(ack.committedTo).toBe((index + 1) * 4);
      expect(ack.rejected.map(({ seq }) => seq)).toEqual([index * 4 + 2]);
    }
  });

  test('refused facts in the middle of a packet go to quarantine and block nobody', async () => {
    await using terminal = await openTerminal();
    const { device } = terminal;
    const ack = await terminal.deliver(
      device.packet(8, (index) => {
        if (index === 1) return '{"no":"fact"}';
        if (index === 2) return { type: 'duty.imagined' };
        if (index === 3) return { type: 'terminal.revoked' };
        if (index === 4) return { stream: 'terminal/540235100099/t-x' };
        if (index === 5) return { data: { text: 'x'.repeat(17_000) } };
        return {};
      }),
    );
    expect(ack.committedTo).toBe(8);
    expect(ack.rejected.map(({ seq, reason }) => [seq, reason])).toEqual([
      [2, 'malformed'],
      [3, 'unknown-type'],
      [4, 'not-yours'],
      [5, 'not-yours'],
      [6, 'too-large'],
    ]);
    expect(await storedSeqs(device.source)).toEqual([1, 7, 8]);
    expect((await quarantined(device.region)).map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6]);
    expect(await terminal.deliver(device.packet(1))).toMatchObject({
      committedTo: 9,
      rejected: [],
    });
  });

  test('a fact the database cannot hold is found by halving; its neighbours are stored', async () => {
    await using terminal = await openTerminal();
    await using honest = await openTerminal();
    const { device } = terminal;
    const badAt = (index: number) => (index === 11 ? { at: '2026-99-99T99:99:99.999Z' } : {});
    const bad = device.packet(16, badAt);
    const [ack, other] = await Promise.all([
      terminal.deliver(bad),
      honest.deliver(honest.device.packet(16)),
    ]);
    expect(ack.committedTo).toBe(16);
    expect(ack.rejected.map(({ seq, reason }) => [seq, reason])).toEqual([[12, 'unstorable']]);
    expect(other).toMatchObject({ committedTo: 16, rejected: [], trouble: null });
    expect(await storedSeqs(device.source)).toEqual(range(1, 16).filter((seq) => seq !== 12));
    // Sent again, the answer names the refused fact again: the terminal may have missed it.
    const again = await terminal.deliver(bad);
    expect(again.rejected.map(({ seq, reason }) => [seq, reason])).toEqual([[12, 'unstorable']]);
  });

  test('a fact with an id that stands in the log already is refused, not swallowed', async () => {
    await using terminal = await openTerminal();
    const { device } = terminal;
    const { id } = device.fact();
    await terminal.deliver(device.packet(1, () => ({ id })));
    const ack = await terminal.deliver(device.packet(3, (index) => (index === 1 ? { id } : {})));
    expect(ack.committedTo).toBe(4);
    expect(ack.rejected.map(({ seq, reason }) => [seq, reason])).toEqual([[3, 'unstorable']]);
    expect(await storedSeqs(device.source)).toEqual([1, 2, 4]);
  });

  test('text that is no packet is answered as malformed and kept', async () => {
    await using terminal = await openTerminal();
    expect(await terminal.deliver('not a packet at all')).toMatchObject({ trouble: 'malformed' });
    expect(await quarantined(terminal.device.region)).toEqual([{ seq: 0, reason: 'malformed' }]);
  });

  test('clocks of 1970 and of two hours ahead are taken as they are', async () => {
    await using terminal = await openTerminal();
    const times = ['1970-01-01T00:00:00.000Z', '2026-11-23T06:00:00.000Z'];
    const packet = terminal.device.packet(2, (index) => ({ at: times[index] ?? '' }));
    expect(await terminal.deliver(packet)).toMatchObject({ committedTo: 2, rejected: [] });
  });
});

/** Waits until a backend waits for the append lock. */
async function untilBlocked(): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (performance.now() < deadline) {
    const { rows } = await broker.store.pool.query(
      `select from pg_locks where locktype = 'advisory' and not granted
         and database = (select oid from pg_database where datname = current_database())`,
    );
    if (rows.length > 0) return;
  }
  throw new Error('Nobody waits for the append lock.');
}
