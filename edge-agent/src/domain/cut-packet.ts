import { packetLimits } from '@sightline/contracts';

/** Left for the seal line and the newlines. */
const sealBytes = 512;

/** The first facts that fit one packet's bytes; at least one, since a fact is far smaller than a packet. */
export function cutPacket<F extends { readonly body: string }>(
  facts: readonly F[],
  bytesOf: (text: string) => number,
): readonly F[] {
  let bytes = sealBytes;
  const tooMany = facts.findIndex(({ body }, index) => {
    bytes += bytesOf(body) + 1;
    return index > 0 && bytes > packetLimits.bytesPerPacket;
  });
  return tooMany < 0 ? facts : facts.slice(0, tooMany);
}
