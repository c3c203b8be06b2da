import { violation, type Violation } from './violation.ts';
import type { WireCursor } from './wire-cursor.ts';
import { checkText, checkTopicName } from './wire-text.ts';

const short = violation('MQTT-3.1.0', 'CONNECT is shorter than its fields');

/** Protocol name → the one level of it that is spoken here (3.1 is still in the field). */
const levelOfName: ReadonlyMap<string, number> = new Map([
  ['MQTT', 4],
  ['MQIsdp', 3],
]);

/** Checks the variable header and payload of a CONNECT. */
export function checkConnect(cursor: WireCursor): Violation | null {
  const name = cursor.field();
  const level = cursor.byte();
  if (name === null || level === null) return short;
  const spoken = levelOfName.get(cursor.bytes.toString('latin1', name[0], name[1]));
  if (spoken === undefined) return violation('MQTT-3.1.2-1', 'the protocol name is unknown');
  if (level !== spoken) {
    return { clause: 'MQTT-3.1.2-2', reason: `protocol level ${level} is not served`, connack: 1 };
  }
  const flags = cursor.byte();
  const keepAlive = cursor.uint16();
  if (flags === null || keepAlive === null) return short;
  return checkFlags(flags) ?? checkPayload(cursor, flags);
}

function checkFlags(flags: number): Violation | null {
  if ((flags & 0x01) !== 0) return violation('MQTT-3.1.2-3', 'the reserved connect flag is set');
  const hasWill = (flags & 0x04) !== 0;
  const willQos = (flags >> 3) & 0x03;
  if (!hasWill && willQos !== 0) return violation('MQTT-3.1.2-13', 'will QoS without a will');
  if (willQos === 3) return violation('MQTT-3.1.2-14', 'will QoS 3');
  if (!hasWill && (flags & 0x20) !== 0) {
    return violation('MQTT-3.1.2-15', 'will retain without a will');
  }
  if ((flags & 0x80) === 0 && (flags & 0x40) !== 0) {
    return violation('MQTT-3.1.2-22', 'a password without a user name');
  }
  return null;
}

function checkPayload(cursor: WireCursor, flags: number): Violation | null {
  const { bytes } = cursor;
  const clientId = cursor.field();
  if (clientId === null) return violation('MQTT-3.1.3-3', 'the client identifier is missing');
  const wrongId = checkText(bytes, clientId[0], clientId[1]); // MQTT-3.1.3-4
  if (wrongId !== null) return wrongId;
  if (clientId[0] === clientId[1] && (flags & 0x02) === 0) {
    return { clause: 'MQTT-3.1.3-8', reason: 'no client identifier for a session', connack: 2 };
  }
  const wrong = (flags & 0x04) === 0 ? null : checkWill(cursor);
  if (wrong !== null) return wrong;
  if ((flags & 0x80) !== 0) {
    const userName = cursor.field();
    if (userName === null) return short;
    const wrongName = checkText(bytes, userName[0], userName[1]); // MQTT-3.1.3-11
    if (wrongName !== null) return wrongName;
  }
  if ((flags & 0x40) !== 0 && cursor.field() === null) return short;
  return cursor.isAtEnd ? null : violation('MQTT-3.1.3-1', 'bytes follow the last CONNECT field');
}

function checkWill(cursor: WireCursor): Violation | null {
  const topic = cursor.field();
  if (topic === null || cursor.field() === null) return short;
  return checkTopicName(cursor.bytes, topic[0], topic[1]); // MQTT-3.1.3-10
}
