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
import { surrogate, will, type Sequence } from '#testing/refused-sequences.ts';

const long = 'x'.repeat(65_535);

/** The server must answer as given and stay. `answer` null = only still alive. */
export const acceptedSequences: readonly (Sequence & { readonly answer: Buffer | null })[] = [
  { name: '3.1 CONNECT', send: [connectFrame()], answer: connackFrame },
  {
    name: '3.1 CONNECT with MQTT 3.1',
    send: [connectFrame({ name: 'MQIsdp', level: 3 })],
    answer: connackFrame,
  },
  {
    name: '3.1.3-6 empty client id, clean',
    send: [connectFrame({ clientId: '' })],
    answer: connackFrame,
  },
  {
    name: '3.1.3-5 client id of 23 letters',
    send: [connectFrame({ clientId: 'A1'.repeat(11) + 'z' })],
    answer: connackFrame,
  },
  {
    name: '3.1.3 client id of 1,000 letters',
    send: [connectFrame({ clientId: 'y'.repeat(1_000) })],
    answer: connackFrame,
  },
  { name: '3.1.2 keep-alive 0', send: [connectFrame({ keepAliveS: 0 })], answer: connackFrame },
  {
    name: '3.1.2 keep-alive 65535',
    send: [connectFrame({ keepAliveS: 65_535 })],
    answer: connackFrame,
  },
  {
    name: '3.1.3 will QoS 2, retained',
    send: [connectFrame({ flags: 0x36, rest: will('w') })],
    answer: connackFrame,
  },
  {
    name: '3.1.3 will with an empty message',
    send: [connectFrame({ flags: 6, rest: will('w', '') })],
    answer: connackFrame,
  },
  {
    name: '3.1.3 user name and password',
    send: [connectFrame({ flags: 0xc2, rest: [text('u'), text('p')] })],
    answer: connackFrame,
  },
  {
    name: '3.1.3 user name without password',
    send: [connectFrame({ flags: 0x82, rest: [text('u')] })],
    answer: connackFrame,
  },
  {
    name: '3.1.3 password of any bytes',
    send: [connectFrame({ flags: 0xc2, rest: [text('u'), text(surrogate)] })],
    answer: connackFrame,
  },
  {
    name: '1.5.3 client id in Tibetan',
    send: [connectFrame({ clientId: 'བོད་ཡིག' })],
    answer: connackFrame,
  },
  {
    name: '1.5.3-3 U+FEFF is text',
    send: [connectFrame({ clientId: '\u{feff}x' })],
    answer: connackFrame,
  },
  { name: '3.12.4-1 PINGREQ', send: [pingFrame], connected: true, answer: pongFrame },
  {
    name: '3.3 PUBLISH QoS 0',
    send: [publishFrame('t', 'm'), pingFrame],
    connected: true,
    answer: pongFrame,
  },
  {
    name: '3.3 PUBLISH with an empty payload',
    send: [publishFrame('t', '', 7)],
    connected: true,
    answer: frame(0x40, [0, 7]),
  },
  {
    name: '4.3.2-2 PUBLISH QoS 1',
    send: [publishFrame('t', 'm', 9)],
    connected: true,
    answer: frame(0x40, [0, 9]),
  },
  {
    name: '4.3.2 PUBLISH QoS 1 with DUP',
    send: [frame(0x3a, text('t'), [0, 9])],
    connected: true,
    answer: frame(0x40, [0, 9]),
  },
  {
    name: '2.3.1 packet id 65535',
    send: [publishFrame('t', 'm', 65_535)],
    connected: true,
    answer: frame(0x40, [255, 255]),
  },
  {
    name: '4.3.3-2 PUBLISH QoS 2',
    send: [frame(0x34, text('t'), [0, 5])],
    connected: true,
    answer: frame(0x50, [0, 5]),
  },
  {
    name: '4.3.3-2 PUBREL is answered',
    send: [frame(0x62, [0, 5])],
    connected: true,
    answer: frame(0x70, [0, 5]),
  },
  {
    name: '4.7.3 topic of one slash',
    send: [publishFrame('/', 'm', 3)],
    connected: true,
    answer: frame(0x40, [0, 3]),
  },
  {
    name: '4.7.3 topic with empty levels',
    send: [publishFrame('//a//', 'm', 3)],
    connected: true,
    answer: frame(0x40, [0, 3]),
  },
  {
    name: '4.7.3 topic with spaces and Chinese',
    send: [publishFrame('村 庄/值班', 'm', 3)],
    connected: true,
    answer: frame(0x40, [0, 3]),
  },
  {
    name: '4.7.3-3 topic of 65,535 bytes',
    send: [publishFrame(long, 'm', 3)],
    connected: true,
    answer: frame(0x40, [0, 3]),
  },
  {
    name: '3.8.4-1 SUBSCRIBE',
    send: [subscribeFrame(2, ['t', 0])],
    connected: true,
    answer: frame(0x90, [0, 2, 0]),
  },
  {
    name: '3.9.3 SUBSCRIBE to three',
    send: [subscribeFrame(2, ['a', 0], ['b', 1], ['c', 2])],
    connected: true,
    answer: frame(0x90, [0, 2, 0, 1, 2]),
  },
  {
    name: '4.7.1 SUBSCRIBE #',
    send: [subscribeFrame(2, ['#', 1])],
    connected: true,
    answer: frame(0x90, [0, 2, 1]),
  },
  {
    name: '4.7.1 SUBSCRIBE +/tennis/#',
    send: [subscribeFrame(2, ['+/tennis/#', 1])],
    connected: true,
    answer: frame(0x90, [0, 2, 1]),
  },
  {
    name: '4.7.1 SUBSCRIBE /+',
    send: [subscribeFrame(2, ['/+', 1])],
    connected: true,
    answer: frame(0x90, [0, 2, 1]),
  },
  {
    name: '3.8 a filter of 65,535 bytes',
    send: [subscribeFrame(2, [long, 0])],
    connected: true,
    answer: frame(0x90, [0, 2, 0]),
  },
  {
    name: '3.10.4-4 UNSUBSCRIBE',
    send: [frame(0xa2, [0, 4], text('t'))],
    connected: true,
    answer: frame(0xb0, [0, 4]),
  },
  {
    name: '3.10.4-5 UNSUBSCRIBE what was never subscribed',
    send: [frame(0xa2, [0, 4], text('no/+'))],
    connected: true,
    answer: frame(0xb0, [0, 4]),
  },
  {
    name: '4.3.2 PUBACK for nothing is ignored',
    send: [frame(0x40, [0, 9]), pingFrame],
    connected: true,
    answer: pongFrame,
  },
  {
    name: '2.2.3 a length in more bytes than needed',
    send: [Buffer.from([0xc0, 0x80, 0x00])],
    connected: true,
    answer: pongFrame,
  },
];
