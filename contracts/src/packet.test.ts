import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { emptyHead, encodeFact, follow, parseFact } from './chain.ts';
import type { Fact } from './fact.ts';
import { encodePacket, packetLimits, parsePacket } from './packet.ts';

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url');
const seal = { v: 1, seq: 3, hash: hashOf('x'), sig: 'A'.repeat(86) } as const;

const fact: Fact = {
  v: 1,
  id: '01940000-0000-7000-8000-000000000001',
  source: hashOf('key'),
  seq: 1,
  prev: null,
  at: '2026-11-23T12:00:00.000Z',
  clock: { bootId: '01940000-0000-4000-8000-000000000002', uptimeMs: 5, offsetMs: null },
  region: '540235100001',
  stream: 'duty/540235100001/2026-11-23-day',
  type: 'telemetry.noted',
  world: 'actual',
  actor: 'terminal:t1',
  data: { text: '卓村\n"引号" \u2028' },
};

it('carries facts as the exact text they were hashed over', () => {
  const bodies = fc.array(
    fc.string({ unit: 'binary' }).map((text) => JSON.stringify({ text })),
    {
      minLength: 1,
      maxLength: packetLimits.factsPerPacket,
    },
  );
  fc.assert(
    fc.property(bodies, (texts) => {
      expect(parsePacket(encodePacket({ seal, bodies: texts }))).toEqual({ seal, bodies: texts });
    }),
    { seed: 4 },
  );
});

it('never throws on a packet of anything', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const parsed = parsePacket(text);
      expect('problem' in parsed || parsed.bodies.length > 0).toBe(true);
    }),
    { seed: 5 },
  );
  const tooMany = encodePacket({ seal, bodies: Array.from({ length: 65 }, () => '{}') });
  expect(parsePacket(tooMany)).toEqual({ problem: '65 facts in a packet; 64 are allowed.' });
});

it('reads back a fact it wrote and names the field that is wrong', () => {
  expect(parseFact(encodeFact(fact))).toEqual(fact);
  expect(parseFact(encodeFact({ ...fact, region: '54o2' }))).toHaveProperty(
    'problem',
    expect.stringContaining('/region'),
  );
  expect(parseFact('{')).toEqual({ problem: 'The fact is not JSON.' });
});

it('follows a chain and breaks at a wrong prev or a gap', () => {
  const first = hashOf(encodeFact(fact));
  expect(follow(emptyHead, fact, first)).toEqual({ seq: 1, hash: first });
  const head = { seq: 1, hash: first };
  expect(follow(head, { ...fact, seq: 2, prev: first }, 'h')).toEqual({ seq: 2, hash: 'h' });
  expect(follow(head, { ...fact, seq: 2, prev: hashOf('other') }, 'h')).toBeNull();
  expect(follow(head, { ...fact, seq: 3, prev: first }, 'h')).toBeNull();
});
