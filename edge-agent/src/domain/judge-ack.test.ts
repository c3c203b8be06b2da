import type { PacketAck } from '@sightline/contracts';
import { describe, expect, it } from 'vitest';
import { judgeAck } from '#domain/judge-ack.ts';

const position = { seq: 100, settledTo: 40 };

function ack(committedTo: number, trouble: PacketAck['trouble'] = null): PacketAck {
  return { v: 1, committedTo, rejected: [], trouble, serverAt: '2026-11-23T12:00:00.000Z' };
}

describe('an application ack', () => {
  it('without trouble frees what is committed', () => {
    expect(judgeAck(ack(60), position)).toEqual({ verdict: 'settle' });
  });

  it('of a gap sends again from after the last committed fact', () => {
    expect(judgeAck(ack(60, 'gap'), position)).toEqual({ verdict: 'send-again' });
  });

  it('of a gap below what was freed cannot be mended by sending, and says so', () => {
    expect(judgeAck(ack(30, 'gap'), position)).toMatchObject({
      verdict: 'send-slowly',
      detail: expect.stringContaining('facts 31 to 40'),
    });
  });

  it('of a fork finishes the source', () => {
    expect(judgeAck(ack(60, 'fork'), position)).toEqual({ verdict: 'finish', reason: 'fork' });
  });

  it('beyond the chain finishes the source, because the outbox lost its tail', () => {
    expect(judgeAck(ack(101), position)).toEqual({ verdict: 'finish', reason: 'outbox-behind' });
  });

  it.each(['bad-seal', 'broken-chain', 'malformed'] as const)(
    'of %s sends again slowly and says where to look',
    (trouble) => {
      expect(judgeAck(ack(60, trouble), position)).toMatchObject({ verdict: 'send-slowly' });
    },
  );
});
