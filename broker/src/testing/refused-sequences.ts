import {
  connackFrame,
  connectFrame,
  frame,
  pingFrame,
  pongFrame,
  publishFrame,
  subscribeFrame,
  text,
} from '#testing/wire.ts';

/** One packet sequence against OASIS MQTT 3.1.1; the clause comes first in its name. */
export interface Sequence {
  readonly name: string;
  readonly send: readonly Buffer[];
  /** Before: send CONNECT and await its CONNACK. */
  readonly connected?: boolean;
}

export const surrogate = Buffer.from([0xed, 0xa0, 0x80]);
const overlong = Buffer.from([0xc0, 0xaf]);
export const will = (topic: string | Buffer, message = 'm') => [text(topic), text(message)];

/** The server must close the connection (an allowed answer may come first). */
export const refusedSequences: readonly Sequence[] = [
  { name: '3.1.0-1 PUBLISH before CONNECT', send: [publishFrame('t', 'm')] },
  { name: '3.1.0-1 PINGREQ before CONNECT', send: [pingFrame] },
  { name: '3.1.0-1 SUBSCRIBE before CONNECT', send: [subscribeFrame(1, ['t', 0])] },
  { name: '3.1.0-1 DISCONNECT before CONNECT', send: [frame(0xe0)] },
  { name: '3.1.0-2 a second CONNECT', send: [connectFrame()], connected: true },
  {
    name: '2.2.2-2 CONNECT flags',
    send: [Buffer.concat([Buffer.from([0x11]), connectFrame().subarray(1)])],
  },
  { name: '3.1.2-1 protocol name', send: [connectFrame({ name: 'MQTX' })] },
  { name: '3.1.2-1 protocol name in small letters', send: [connectFrame({ name: 'mqtt' })] },
  { name: '3.1.2-2 protocol level 0', send: [connectFrame({ level: 0 })] },
  { name: '3.1.2-2 protocol level 3 with the name MQTT', send: [connectFrame({ level: 3 })] },
  { name: '3.1.2-2 protocol level 5', send: [connectFrame({ level: 5 })] },
  { name: '3.1.2-2 protocol level 0x84', send: [connectFrame({ level: 0x84 })] },
  { name: '3.1.2-3 reserved connect flag', send: [connectFrame({ flags: 3 })] },
  { name: '3.1.2-13 will QoS 1 without will', send: [connectFrame({ flags: 0x0a })] },
  { name: '3.1.2-14 will QoS 3', send: [connectFrame({ flags: 0x1e, rest: will('w') })] },
  { name: '3.1.2-15 will retain without will', send: [connectFrame({ flags: 0x22 })] },
  {
    name: '3.1.2-22 password without user name',
    send: [connectFrame({ flags: 0x42, rest: [text('p')] })],
  },
  {
    name: '3.1.3-8 no client id for a kept session',
    send: [connectFrame({ flags: 0, clientId: '' })],
  },
  { name: '3.1.3-4 client id with U+0000', send: [connectFrame({ clientId: 'a\0b' })] },
  { name: '3.1.3-4 client id with a surrogate', send: [connectFrame({ clientId: surrogate })] },
  {
    name: '3.1.3-10 will topic with a surrogate',
    send: [connectFrame({ flags: 6, rest: will(surrogate) })],
  },
  {
    name: '3.1.3-10 will topic with a wildcard',
    send: [connectFrame({ flags: 6, rest: will('w/#') })],
  },
  { name: '4.7.3-1 empty will topic', send: [connectFrame({ flags: 6, rest: will('') })] },
  {
    name: '3.1.3-11 user name ill-formed',
    send: [connectFrame({ flags: 0x82, rest: [text(overlong)] })],
  },
  { name: '3.1.2 will without its fields', send: [connectFrame({ flags: 6 })] },
  { name: '3.1.2 user name announced, not there', send: [connectFrame({ flags: 0x82 })] },
  {
    name: '3.1 CONNECT with bytes after its fields',
    send: [connectFrame({ rest: [Buffer.from([1])] })],
  },
  { name: '3.1 CONNECT of 4 bytes', send: [frame(0x10, [0, 4, 0x4d, 0x51])] },
  {
    name: '2.2.3 remaining length of five bytes',
    send: [Buffer.from([0x10, 0xff, 0xff, 0xff, 0xff, 1])],
  },
  { name: '2.2.1 type 0', send: [frame(0x00)], connected: true },
  { name: '2.2.1 type 15', send: [frame(0xf0)], connected: true },
  { name: '2.2.1 CONNACK from a client', send: [connackFrame], connected: true },
  { name: '2.2.1 SUBACK from a client', send: [frame(0x90, [0, 1, 0])], connected: true },
  { name: '2.2.1 UNSUBACK from a client', send: [frame(0xb0, [0, 1])], connected: true },
  { name: '2.2.1 PINGRESP from a client', send: [pongFrame], connected: true },
  { name: '3.3.1-4 PUBLISH QoS 3', send: [frame(0x36, text('t'), [0, 1])], connected: true },
  { name: '3.3.1-2 DUP with QoS 0', send: [frame(0x38, text('t'))], connected: true },
  {
    name: '2.3.1-1 PUBLISH QoS 1 with packet id 0',
    send: [frame(0x32, text('t'), [0, 0])],
    connected: true,
  },
  {
    name: '2.3.1-1 PUBLISH QoS 2 with packet id 0',
    send: [frame(0x34, text('t'), [0, 0])],
    connected: true,
  },
  {
    name: '2.3.1 PUBLISH QoS 1 without packet id',
    send: [frame(0x32, text('t'))],
    connected: true,
  },
  { name: '3.3.2-1 PUBLISH without topic', send: [frame(0x30)], connected: true },
  {
    name: '3.3.2-1 topic longer than the packet',
    send: [frame(0x30, [0, 9, 0x61])],
    connected: true,
  },
  { name: '4.7.3-1 empty topic', send: [publishFrame('', 'm')], connected: true },
  { name: '3.3.2-2 topic with #', send: [publishFrame('a/#', 'm')], connected: true },
  { name: '3.3.2-2 topic with +', send: [publishFrame('a/+/b', 'm')], connected: true },
  { name: '4.7.3-2 topic with U+0000', send: [publishFrame('a\0', 'm')], connected: true },
  { name: '1.5.3-1 topic with a surrogate', send: [publishFrame(surrogate, 'm')], connected: true },
  {
    name: '1.5.3-1 topic with an overlong slash',
    send: [publishFrame(overlong, 'm')],
    connected: true,
  },
  {
    name: '1.5.3-1 topic cut inside a character',
    send: [publishFrame(Buffer.from([0xe4, 0xb8]), 'm')],
    connected: true,
  },
  { name: '2.2.2-2 PUBACK flags', send: [frame(0x42, [0, 1])], connected: true },
  { name: '2.2.2-2 PUBREC flags', send: [frame(0x51, [0, 1])], connected: true },
  { name: '3.6.1-1 PUBREL flags 0', send: [frame(0x60, [0, 1])], connected: true },
  { name: '2.2.2-2 PUBCOMP flags', send: [frame(0x78, [0, 1])], connected: true },
  { name: '2.3.1-1 PUBACK with packet id 0', send: [frame(0x40, [0, 0])], connected: true },
  { name: '2.3.1-1 PUBREL with packet id 0', send: [frame(0x62, [0, 0])], connected: true },
  { name: '3.4 PUBACK without packet id', send: [frame(0x40)], connected: true },
  { name: '3.4 PUBACK of three bytes', send: [frame(0x40, [0, 1, 0])], connected: true },
  { name: '3.7 PUBCOMP of one byte', send: [frame(0x70, [1])], connected: true },
  {
    name: '3.8.1-1 SUBSCRIBE flags 0',
    send: [frame(0x80, [0, 1], text('t'), [0])],
    connected: true,
  },
  {
    name: '2.3.1-1 SUBSCRIBE with packet id 0',
    send: [subscribeFrame(0, ['t', 0])],
    connected: true,
  },
  { name: '3.8.3-3 SUBSCRIBE without filter', send: [frame(0x82, [0, 1])], connected: true },
  { name: '3.8.3-1 filter without QoS', send: [frame(0x82, [0, 1], text('t'))], connected: true },
  {
    name: '3.8.3-1 filter ill-formed',
    send: [frame(0x82, [0, 1], text(surrogate), [0])],
    connected: true,
  },
  { name: '3.8.3-4 requested QoS 3', send: [subscribeFrame(1, ['t', 3])], connected: true },
  {
    name: '3.8.3-4 reserved bits beside the QoS',
    send: [subscribeFrame(1, ['t', 0x81])],
    connected: true,
  },
  { name: '4.7.3-1 empty filter', send: [subscribeFrame(1, ['', 0])], connected: true },
  { name: '4.7.3-2 filter with U+0000', send: [subscribeFrame(1, ['a\0', 0])], connected: true },
  { name: '4.7.1-2 # not at the end', send: [subscribeFrame(1, ['a/#/b', 0])], connected: true },
  { name: '4.7.1-2 # beside a letter', send: [subscribeFrame(1, ['a#', 0])], connected: true },
  { name: '4.7.1-2 ## as a level', send: [subscribeFrame(1, ['##', 0])], connected: true },
  { name: '4.7.1-3 + beside a letter', send: [subscribeFrame(1, ['a+', 0])], connected: true },
  { name: '4.7.1-3 + before a letter', send: [subscribeFrame(1, ['+a/b', 0])], connected: true },
  { name: '4.7.1-3 ++ as a level', send: [subscribeFrame(1, ['a/++', 0])], connected: true },
  {
    name: '4.7.1-3 the second filter is wrong',
    send: [subscribeFrame(1, ['ok', 0], ['b+', 0])],
    connected: true,
  },
  { name: '3.10.1-1 UNSUBSCRIBE flags 0', send: [frame(0xa0, [0, 1], text('t'))], connected: true },
  { name: '3.10.3-2 UNSUBSCRIBE without filter', send: [frame(0xa2, [0, 1])], connected: true },
  {
    name: '2.3.1-1 UNSUBSCRIBE with packet id 0',
    send: [frame(0xa2, [0, 0], text('t'))],
    connected: true,
  },
  { name: '4.7.1-2 UNSUBSCRIBE a#', send: [frame(0xa2, [0, 1], text('a#'))], connected: true },
  { name: '2.2.2-2 PINGREQ flags', send: [frame(0xc1)], connected: true },
  { name: '3.12 PINGREQ with a body', send: [frame(0xc0, [0])], connected: true },
  { name: '3.14.1-1 DISCONNECT flags', send: [frame(0xe1)], connected: true },
  { name: '3.14.4-2 DISCONNECT ends it', send: [frame(0xe0)], connected: true },
];
