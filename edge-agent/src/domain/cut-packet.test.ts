import { encodePacket, packetLimits, parsePacket } from '@sightline/contracts';
import { expect, it } from 'vitest';
import { cutPacket } from '#domain/cut-packet.ts';

const bytesOf = (text: string): number => Buffer.byteLength(text);
const seal = { v: 1, seq: 64, hash: 'h'.repeat(43), sig: 's'.repeat(86) } as const;

it('cuts a packet of large facts to what the broker takes, in bytes and not in characters', () => {
  const facts = Array.from({ length: 64 }, () => ({ body: '村'.repeat(5_000) }));
  const cut = cutPacket(facts, bytesOf);
  const bodies = cut.map(({ body }) => body);
  expect(bytesOf(encodePacket({ seal, bodies }))).toBeLessThanOrEqual(packetLimits.bytesPerPacket);
  expect(cut.length).toBe(17);
});

it('leaves a packet whole that fits, and never gives an empty one', () => {
  const facts = [{ body: 'a' }, { body: 'b' }];
  expect(cutPacket(facts, bytesOf)).toEqual(facts);
  expect(cutPacket([{ body: 'x'.repeat(300_000) }], bytesOf)).toHaveLength(1);
  const packet = parsePacket(encodePacket({ seal, bodies: facts.map(({ body }) => body) }));
  expect(packet).toMatchObject({ bodies: ['a', 'b'] });
});
