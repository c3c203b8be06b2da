import { checkConnect } from './check-connect.ts';
import { violation, type Violation } from './violation.ts';
import { WireCursor } from './wire-cursor.ts';
import { checkTopicFilter, checkTopicName } from './wire-text.ts';

/** Control packet types a client may send (table 2.1). */
export const packetType = {
  connect: 1,
  publish: 3,
  puback: 4,
  pubrec: 5,
  pubrel: 6,
  pubcomp: 7,
  subscribe: 8,
  unsubscribe: 10,
  pingreq: 12,
  disconnect: 14,
} as const;

/** Type → the flags its first byte must carry (table 2.2); PUBLISH uses its own. */
const flagsOfType: ReadonlyMap<number, number> = new Map([
  [packetType.connect, 0],
  [packetType.puback, 0],
  [packetType.pubrec, 0],
  [packetType.pubrel, 2], // MQTT-3.6.1-1
  [packetType.pubcomp, 0],
  [packetType.subscribe, 2], // MQTT-3.8.1-1
  [packetType.unsubscribe, 2], // MQTT-3.10.1-1
  [packetType.pingreq, 0],
  [packetType.disconnect, 0], // MQTT-3.14.1-1
]);

/** Checks the first byte of a packet; needs nothing of the rest. */
export function checkFirstByte(first: number): Violation | null {
  const type = first >> 4;
  const flags = first & 0x0f;
  if (type === packetType.publish) return checkPublishFlags(flags);
  const wanted = flagsOfType.get(type);
  if (wanted === undefined) return violation('MQTT-2.2.1', `packet type ${type} is not a client's`);
  if (flags !== wanted)
    return violation('MQTT-2.2.2-2', `reserved flags of type ${type} are wrong`);
  return null;
}

function checkPublishFlags(flags: number): Violation | null {
  const qos = (flags >> 1) & 0x03;
  if (qos === 3) return violation('MQTT-3.3.1-4', 'PUBLISH with QoS 3');
  if (qos === 0 && (flags & 0x08) !== 0) return violation('MQTT-3.3.1-2', 'DUP on QoS 0');
  return null;
}

/**
 * Checks one whole frame whose first byte passed `checkFirstByte`. `bytes[start, end)` is the variable
 * header and payload.
 */
export function checkFrame(first: number, bytes: Buffer, body: readonly [number, number]) {
  const cursor = new WireCursor(bytes, body[0], body[1]);
  switch (first >> 4) {
    case packetType.connect:
      return checkConnect(cursor);
    case packetType.publish:
      return checkPublish(cursor, (first >> 1) & 0x03);
    case packetType.subscribe:
      return checkSubscribe(cursor);
    case packetType.unsubscribe:
      return checkUnsubscribe(cursor);
    case packetType.pingreq:
    case packetType.disconnect:
      return cursor.isAtEnd ? null : violation('MQTT-2.2.3', 'PINGREQ or DISCONNECT with a body');
    default:
      return checkPacketId(cursor) ?? checkEnd(cursor);
  }
}

function checkEnd(cursor: WireCursor): Violation | null {
  return cursor.isAtEnd ? null : violation('MQTT-2.2.3', 'bytes follow the packet identifier');
}

function checkPacketId(cursor: WireCursor): Violation | null {
  const packetId = cursor.uint16();
  if (packetId === null) return violation('MQTT-2.3.1', 'the packet identifier is missing');
  if (packetId === 0) return violation('MQTT-2.3.1-1', 'packet identifier 0');
  return null;
}

function checkPublish(cursor: WireCursor, qos: number): Violation | null {
  const topic = cursor.field();
  if (topic === null) return violation('MQTT-3.3.2-1', 'the topic name reaches past the packet');
  const wrong = checkTopicName(cursor.bytes, topic[0], topic[1]);
  return wrong ?? (qos === 0 ? null : checkPacketId(cursor));
}

function checkSubscribe(cursor: WireCursor): Violation | null {
  const wrongId = checkPacketId(cursor);
  if (wrongId !== null) return wrongId;
  if (cursor.isAtEnd) return violation('MQTT-3.8.3-3', 'SUBSCRIBE without a filter');
  while (!cursor.isAtEnd) {
    const wrong = checkFilter(cursor);
    if (wrong !== null) return wrong;
    const qos = cursor.byte();
    if (qos === null) return violation('MQTT-3.8.3-1', 'a filter has no requested QoS');
    if (qos > 2) return violation('MQTT-3.8.3-4', 'a requested QoS is not 0, 1 or 2');
  }
  return null;
}

function checkUnsubscribe(cursor: WireCursor): Violation | null {
  const wrongId = checkPacketId(cursor);
  if (wrongId !== null) return wrongId;
  if (cursor.isAtEnd) return violation('MQTT-3.10.3-2', 'UNSUBSCRIBE without a filter');
  while (!cursor.isAtEnd) {
    const wrong = checkFilter(cursor);
    if (wrong !== null) return wrong;
  }
  return null;
}

function checkFilter(cursor: WireCursor): Violation | null {
  const filter = cursor.field();
  if (filter === null) return violation('MQTT-3.8.3-1', 'a filter reaches past the packet');
  return checkTopicFilter(cursor.bytes, filter[0], filter[1]);
}
