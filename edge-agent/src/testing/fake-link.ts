import { type Packet, type PacketAck, parseFact, parsePacket } from '@sightline/contracts';
import type { Link } from '#uplink/open-link.ts';

/** A link to nobody that keeps what was sent. */
export class FakeLink implements Link {
  readonly packets: Packet[] = [];
  readonly #ended = Promise.withResolvers<string>();
  isEnded = false;

  get ended(): Promise<string> {
    return this.#ended.promise;
  }

  publishFacts(text: string): void {
    const packet = parsePacket(text);
    if ('problem' in packet) throw new Error(packet.problem);
    this.packets.push(packet);
  }

  publishBeat(): void {}

  end(): void {
    this.isEnded = true;
    this.#ended.resolve('ended');
  }

  /** The seqs of every packet sent so far, in order. */
  sentSeqs(): number[][] {
    return this.packets.map(({ bodies }) => bodies.map(seqOf));
  }
}

export function ackOf(committedTo: number, more: Partial<PacketAck> = {}): PacketAck {
  const serverAt = '2026-11-23T12:00:00.000Z';
  return { v: 1, committedTo, rejected: [], trouble: null, serverAt, ...more };
}

function seqOf(body: string): number {
  const fact = parseFact(body);
  if ('problem' in fact) throw new Error(fact.problem);
  return fact.seq;
}
