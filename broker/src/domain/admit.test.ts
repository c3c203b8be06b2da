import { encodeFact, type Packet } from '@sightline/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admit, type AdmitOptions } from '#domain/admit.ts';
import { joinPackets } from '#domain/join-packets.ts';
import { Device, hashOf } from '#testing/device.ts';

const region = '540235100001';

function openDevice() {
  const device = new Device('t-1', region);
  const sender = { source: device.source, terminalId: 't-1', region };
  const optionsAt = (head: AdmitOptions['head']): AdmitOptions => ({
    sender,
    head,
    settled: new Map(),
    hash: hashOf,
    verify: () => true,
  });
  return { device, optionsAt };
}

describe('a packet is admitted', () => {
  test('however facts are cut into packets, the same facts and head come out', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sizes, (counts) => {
        const { device, optionsAt } = openDevice();
        let head: AdmitOptions['head'] = { seq: 0, hash: null };
        const packets = counts.map((count) => device.packet(count));
        const one = [];
        for (const packet of packets) {
          const admission = admit(packet, optionsAt(head));
          if (admission.kind !== 'admitted') throw new Error(admission.kind);
          one.push(...admission.entries);
          head = admission.head;
        }
        const joined = joinPackets(packets);
        const together = joined === null ? null : admit(joined, optionsAt({ seq: 0, hash: null }));
        expect(together).toMatchObject({ kind: 'admitted', entries: one, rejected: [], head });
      }),
      { seed: 5402, numRuns: 50 },
    );
  });

  test('never when any one body is changed: no changed fact passes a seal', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 7 }),
        fc.integer({ min: 1, max: 300 }),
        (index, place) => {
          const { device, optionsAt } = openDevice();
          const packet = device.packet(8);
          const bodies = packet.bodies.map((body, at) => (at === index ? flip(body, place) : body));
          const admission = admit({ ...packet, bodies }, optionsAt({ seq: 0, hash: null }));
          expect(admission.kind).toBe('trouble');
        },
      ),
      { seed: 5402, numRuns: 100 },
    );
  });

  test('a body that is no fact still links the facts around it', () => {
    const { device, optionsAt } = openDevice();
    const packet = device.packet(3, (index) => (index === 1 ? 'not json' : {}));
    const admission = admit(packet, optionsAt({ seq: 0, hash: null }));
    expect(admission).toMatchObject({
      kind: 'admitted',
      entries: [{ fact: { seq: 1 } }, { fact: { seq: 3 } }],
      rejected: [{ seq: 2, reason: 'malformed', hash: hashOf('not json') }],
      head: { seq: 3 },
    });
  });

  test('a fact that says another seq than its place breaks the chain', () => {
    const { device, optionsAt } = openDevice();
    const packet = device.packet(2, (index) => (index === 1 ? { seq: 7 } : {}));
    expect(admit(packet, optionsAt({ seq: 0, hash: null }))).toMatchObject({
      trouble: 'broken-chain',
    });
  });

  test('a packet that claims more facts than its seq allows is malformed', () => {
    const { device, optionsAt } = openDevice();
    const body = encodeFact(device.fact());
    const packet: Packet = { seal: device.packet(1).seal, bodies: [body, body] };
    expect(admit(packet, optionsAt({ seq: 0, hash: null }))).toMatchObject({
      trouble: 'malformed',
    });
  });

  test('packets with a hole between them are not joined', () => {
    const { device } = openDevice();
    const [first, , third] = [device.packet(2), device.packet(2), device.packet(2)];
    expect(joinPackets([first, third])).toBeNull();
  });
});

/** Another text of the same length. */
function flip(body: string, place: number): string {
  const at = place % body.length;
  const other = body[at] === 'z' ? 'y' : 'z';
  return body.slice(0, at) + other + body.slice(at + 1);
}
