import type { Packet } from '@sightline/contracts';

/**
 * Packets of one source that continue each other, as one packet under the last seal: by the chain it
 * proves all of them, so one signature is checked instead of many. null when they do not continue.
 */
export function joinPackets(packets: readonly Packet[]): Packet | null {
  const last = packets.at(-1);
  if (last === undefined) return null;
  const continues = packets.every((packet, index) => {
    const before = packets[index - 1];
    return before === undefined || firstSeq(packet) === before.seal.seq + 1;
  });
  return continues ? { seal: last.seal, bodies: packets.flatMap(({ bodies }) => bodies) } : null;
}

/** The seq of the first fact of a packet; below 1 when the packet lies about its length. */
export function firstSeq({ seal, bodies }: Packet): number {
  return seal.seq - bodies.length + 1;
}
