import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import mqtt, { type Packet } from 'mqtt-packet';
import type { PacketAck } from '@sightline/contracts';
import { accessOf, type Access } from '#domain/access.ts';
import { type Device, packetText } from '#testing/device.ts';

type Arrived = Packet & { readonly arrivedAtMs: number };
type Of<C extends Packet['cmd']> = Extract<Packet, { cmd: C }>;

/** An MQTT client that shows every packet and hides nothing; no retries, no queue. */
export class WireClient implements AsyncDisposable {
  readonly #socket: Socket;
  readonly #arrived: Arrived[] = [];
  readonly closed: Promise<void>;
  #wake: (() => void)[] = [];
  isClosed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    const parser = mqtt.parser();
    parser.on('packet', (packet) => {
      this.#arrived.push(Object.assign(packet, { arrivedAtMs: performance.now() }));
      this.#stir();
    });
    socket.on('data', (chunk: Buffer) => parser.parse(chunk));
    socket.on('error', () => undefined);
    this.closed = once(socket, 'close').then(() => {
      this.isClosed = true;
      this.#stir();
    });
  }

  static async open(port: number): Promise<WireClient> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const client = new WireClient(socket);
    await once(socket, 'connect');
    return client;
  }

  send(packet: Packet): void {
    this.#socket.write(mqtt.generate(packet));
  }

  sendRaw(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  /** Stops reading: what is sent to it stays with the sender. */
  pause(): void {
    this.#socket.pause();
  }

  /** The first packet that fits, taken out; throws when it does not come in time. */
  async next<C extends Packet['cmd']>(
    cmd: C,
    fits: (packet: Of<C>) => boolean = () => true,
    withinMs = 5_000,
  ): Promise<Of<C> & { arrivedAtMs: number }> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const index = this.#arrived.findIndex(
        (packet) => packet.cmd === cmd && fits(packet as unknown as Of<C>),
      );
      // The command was compared in findIndex, so the packet is of that kind.
      if (index >= 0)
        return this.#arrived.splice(index, 1)[0] as unknown as Of<C> & { arrivedAtMs: number };
      if (this.isClosed) throw new Error(`Closed while waiting for ${cmd}.`);
      await this.#stirred(deadline - performance.now(), cmd);
    }
  }

  /** What arrived and was not taken. */
  get arrived(): readonly Arrived[] {
    return this.#arrived;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
    await this.closed;
  }

  #stirred(leftMs: number, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`No ${what} came in time.`)), leftMs);
      this.#wake.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #stir(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const wake of waiting) wake();
  }
}

/** The CONNECT of a terminal with a fresh token. */
export function connectPacket(device: Device, token: string): Packet {
  return {
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    clientId: device.source,
    keepalive: 60,
    username: device.source,
    password: Buffer.from(token),
  };
}

/** A terminal's link without its outbox: connects with a token, subscribes, sends packets. */
export class TerminalClient implements AsyncDisposable {
  readonly device: Device;
  readonly wire: WireClient;
  readonly access: Access;
  #packetId = 0;

  private constructor(device: Device, wire: WireClient) {
    this.device = device;
    this.wire = wire;
    this.access = accessOf(device);
  }

  /** Connected and subscribed to its ack. */
  static async open(
    device: Device,
    ports: { readonly mqttPort: number; readonly httpPort: number },
  ): Promise<TerminalClient> {
    const { client, returnCode } = await TerminalClient.tryOpen(
      device,
      ports.mqttPort,
      await device.token(ports.httpPort),
    );
    if (returnCode !== 0) throw new Error(`CONNACK ${returnCode}.`);
    client.subscribe(client.access.ack);
    await client.wire.next('suback');
    return client;
  }

  static async tryOpen(
    device: Device,
    mqttPort: number,
    token: string,
  ): Promise<{ readonly client: TerminalClient; readonly returnCode: number }> {
    const wire = await WireClient.open(mqttPort);
    wire.send(connectPacket(device, token));
    const connack = await wire.next('connack');
    return { client: new TerminalClient(device, wire), returnCode: connack.returnCode ?? -1 };
  }

  subscribe(topic: string): void {
    const messageId = this.#nextId();
    this.wire.send({ cmd: 'subscribe', messageId, subscriptions: [{ topic, qos: 1 }] });
  }

  /** Sends text on the facts topic; returns its packet id. */
  publish(payload: string | Buffer, topic = this.access.facts): number {
    const packet = { ...this.#factsPacket(payload), topic };
    this.wire.send(packet);
    return packet.messageId;
  }

  /** Sends several packets in one write, so that the broker sees them at once. */
  publishTogether(payloads: readonly string[]): void {
    const frames = payloads.map((payload) => this.#factsPacket(payload));
    this.wire.sendRaw(Buffer.concat(frames.map((packet) => mqtt.generate(packet))));
  }

  beat(beat: object): void {
    const payload = JSON.stringify(beat);
    this.wire.send({
      cmd: 'publish',
      topic: this.access.beat,
      payload,
      qos: 0,
      dup: false,
      retain: false,
    });
  }

  /** Sends a packet and waits for PUBACK and application ack. */
  async deliver(packet: Parameters<typeof packetText>[0] | string): Promise<PacketAck> {
    const messageId = this.publish(typeof packet === 'string' ? packet : packetText(packet));
    await this.wire.next('puback', (puback) => puback.messageId === messageId, 20_000);
    return this.nextAck();
  }

  async nextAck(): Promise<PacketAck> {
    const { payload } = await this.wire.next(
      'publish',
      ({ topic }) => topic === this.access.ack,
      20_000,
    );
    return JSON.parse(payload.toString()) as PacketAck;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.wire[Symbol.asyncDispose]();
  }

  #factsPacket(payload: string | Buffer) {
    const { facts: topic } = this.access;
    const messageId = this.#nextId();
    return {
      cmd: 'publish' as const,
      topic,
      payload,
      qos: 1 as const,
      messageId,
      dup: false,
      retain: false,
    };
  }

  #nextId(): number {
    this.#packetId = (this.#packetId % 65_535) + 1;
    return this.#packetId;
  }
}
