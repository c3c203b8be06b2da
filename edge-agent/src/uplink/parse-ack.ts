import { instantPattern, PacketAck } from '@sightline/contracts';
import { Compile } from 'typebox/compile';

const check = Compile(PacketAck);
const instant = new RegExp(instantPattern);

/** The application ack in a message, or null. */
export function parseAck(payload: Buffer): PacketAck | null {
  try {
    const ack: unknown = JSON.parse(payload.toString('utf8'));
    return check.Check(ack) && instant.test(ack.serverAt) ? ack : null;
  } catch {
    return null;
  }
}
