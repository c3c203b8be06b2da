import type { Desired, PacketAck } from '@sightline/contracts';
import type { Session } from '#session.ts';

/**
 * Takes one packet of facts. The transport acknowledges (PUBACK) and then sends the application ack
 * when the promise resolves; when it rejects, nothing is acknowledged and the connection ends, so that
 * the terminal sends again.
 */
export type ReceivePacket = (session: Session, payload: Buffer) => Promise<PacketAck>;

/** Where packets come from: the door with aedes now; later a `$share` consumer of an MQTT cluster. */
export interface IngestSource {
  /** Packets of one source are given in the order of their arrival. */
  onPacket(receive: ReceivePacket): void;
}

/** Where what a terminal shall know goes to. All without effect for who is not connected. */
export interface CommandSink {
  publishAck(source: string, ack: PacketAck): void;
  publishDesired(desired: Desired): void;
  /** Ends the connection of a source; true when there was one. */
  disconnect(source: string, reason: string): boolean;
}
