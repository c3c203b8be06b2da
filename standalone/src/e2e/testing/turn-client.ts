import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

/*
 * A client of TURN (RFC 8656) over UDP that does what a browser never would: it asks a relay for anybody.
 */

const cookie = 0x2112a442;
const methods = { allocate: 0x003, refresh: 0x004, permit: 0x008, bind: 0x009 } as const;
const attributes = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  peer: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  relayed: 0x0016,
  channel: 0x000c,
  family: 0x0017,
  transport: 0x0019,
} as const;
const protocols = { udp: 17, tcp: 6 } as const;
const answerMs = 5_000;

export interface TurnKey {
  readonly username: string;
  readonly credential: string;
}

export interface Peer {
  readonly address: string;
  readonly port: number;
}

type Attribute = readonly [type: number, value: Buffer];

/** One client with one allocation, once it has asked for it. Each request resolves with the error's number, or 0. */
export class TurnClient implements Disposable {
  readonly #socket: Socket;
  readonly #relay: Peer;
  readonly #key: TurnKey;
  #realm = '';
  #nonce = Buffer.alloc(0);

  static async open(relay: Peer, key: TurnKey): Promise<TurnClient> {
    const socket = createSocket('udp4');
    socket.bind(0);
    await once(socket, 'listening');
    return new TurnClient(socket, relay, key);
  }

  private constructor(socket: Socket, relay: Peer, key: TurnKey) {
    this.#socket = socket;
    this.#relay = relay;
    this.#key = key;
  }

  /** Asks for a relayed port; twice, for the first answer brings realm and nonce. */
  async allocate({
    transport = 'udp',
    family = 'ipv4',
  }: {
    readonly transport?: keyof typeof protocols;
    readonly family?: 'ipv4' | 'ipv6';
  } = {}): Promise<number> {
    const wanted: readonly Attribute[] = [
      [attributes.transport, Buffer.from([protocols[transport], 0, 0, 0])],
      [attributes.family, Buffer.from([family === 'ipv4' ? 1 : 2, 0, 0, 0])],
    ];
    await this.#ask(methods.allocate, wanted);
    return this.#ask(methods.allocate, wanted);
  }

  /** Asks that packets of this peer be let through. */
  permit(peer: Peer): Promise<number> {
    return this.#ask(methods.permit, [[attributes.peer, this.#hidden(peer)]]);
  }

  /** Asks for a channel to this peer, 0x4000 … 0x4fff. */
  bind(peer: Peer, channel: number): Promise<number> {
    const number = Buffer.from([channel >> 8, channel & 0xff, 0, 0]);
    return this.#ask(methods.bind, [
      [attributes.channel, number],
      [attributes.peer, this.#hidden(peer)],
    ]);
  }

  /** Sends to the peer of a channel; nobody answers. */
  send(channel: number, bytes: Buffer): void {
    const head = Buffer.alloc(4);
    head.writeUInt16BE(channel, 0);
    head.writeUInt16BE(bytes.length, 2);
    this.#socket.send(Buffer.concat([head, bytes]), this.#relay.port, this.#relay.address);
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }

  async #ask(method: number, wanted: readonly Attribute[]): Promise<number> {
    const id = randomBytes(12);
    const { username } = this.#key;
    const signed: readonly Attribute[] =
      this.#realm === ''
        ? wanted
        : [
            ...wanted,
            [attributes.username, Buffer.from(username)],
            [attributes.realm, Buffer.from(this.#realm)],
            [attributes.nonce, this.#nonce],
          ];
    const message = this.#realm === '' ? write(method, id, signed) : this.#sign(method, id, signed);
    this.#socket.send(message, this.#relay.port, this.#relay.address);
    return this.#read(await this.#answerTo(id));
  }

  async #answerTo(id: Buffer): Promise<Buffer> {
    const signal = AbortSignal.timeout(answerMs);
    for (;;) {
      // Node's own event: the datagram first.
      const [answer] = (await once(this.#socket, 'message', { signal })) as [Buffer];
      if (answer.subarray(8, 20).equals(id)) return answer;
    }
  }

  #read(answer: Buffer): number {
    let code = 0;
    for (let at = 20; at + 4 <= answer.length;) {
      const [type, length] = [answer.readUInt16BE(at), answer.readUInt16BE(at + 2)];
      const value = answer.subarray(at + 4, at + 4 + length);
      if (type === attributes.error) code = (value[2] ?? 0) * 100 + (value[3] ?? 0);
      if (type === attributes.realm) this.#realm = value.toString();
      if (type === attributes.nonce) this.#nonce = Buffer.from(value);
      at += 4 + Math.ceil(length / 4) * 4;
    }
    return code;
  }

  /** RFC 8489, 14.5: over all before it, with the length as it will be. */
  #sign(method: number, id: Buffer, wanted: readonly Attribute[]): Buffer {
    const { username, credential } = this.#key;
    const key = createHash('md5').update(`${username}:${this.#realm}:${credential}`).digest();
    const message = write(method, id, [...wanted, [attributes.integrity, Buffer.alloc(20)]]);
    const mac = createHmac('sha1', key).update(message.subarray(0, -24)).digest();
    mac.copy(message, message.length - 20);
    return message;
  }

  /** XOR-PEER-ADDRESS; an IPv6 one is taken for `::1` or a mapped IPv4 address. */
  #hidden({ address, port }: Peer): Buffer {
    const bytes = bytesOf(address);
    const value = Buffer.alloc(4 + bytes.length);
    value[1] = bytes.length === 4 ? 1 : 2;
    value.writeUInt16BE(port ^ (cookie >>> 16), 2);
    for (const [at, byte] of bytes.entries()) value[4 + at] = byte;
    for (let at = 0; at < 4; at += 1) value[4 + at] = (bytes[at] ?? 0) ^ (cookie >>> (24 - 8 * at));
    return value;
  }
}

function bytesOf(address: string): readonly number[] {
  if (!isIPv6(address)) return address.split('.').map(Number);
  const mapped = /^::ffff:([\d.]+)$/.exec(address)?.[1];
  if (mapped === undefined) return [...Array.from({ length: 15 }, () => 0), 1];
  return [...Array.from({ length: 10 }, () => 0), 255, 255, ...mapped.split('.').map(Number)];
}

function write(method: number, id: Buffer, wanted: readonly Attribute[]): Buffer {
  const parts = wanted.map(([type, value]) => {
    const part = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
    part.writeUInt16BE(type, 0);
    part.writeUInt16BE(value.length, 2);
    value.copy(part, 4);
    return part;
  });
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(20);
  head.writeUInt16BE(method, 0);
  head.writeUInt16BE(body.length, 2);
  head.writeUInt32BE(cookie, 4);
  id.copy(head, 8);
  return Buffer.concat([head, body]);
}
