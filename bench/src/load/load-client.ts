import { connect, type Socket } from 'node:net';
import mqtt, { type IPublishPacket, type Packet } from 'mqtt-packet';
import { within } from '#measure/within.ts';
import { limits } from '../limits.ts';

export interface LoadOptions {
  readonly port: number;
  readonly clientId: string;
  /** A loopback address to come from: 10,000 clients need more ports than one has. */
  readonly localAddress?: string;
  readonly username?: string;
  readonly password?: string;
  /** In one SUBSCRIBE, QoS 1; none by default. */
  readonly subscribe?: readonly string[];
}

export interface LoadListener {
  readonly puback?: () => void;
  readonly publish?: (payload: Buffer) => void;
  readonly closed?: () => void;
}

/** The least MQTT client that can load a broker: frames made before, answers counted. */
export class LoadClient implements Disposable {
  readonly #socket: Socket;
  readonly #listener: LoadListener;
  #answer = Promise.withResolvers<Packet>();

  private constructor(socket: Socket, listener: LoadListener) {
    this.#socket = socket;
    this.#listener = listener;
    const parser = mqtt.parser();
    parser.on('packet', (packet) => this.#take(packet));
    parser.on('error', (error: Error) => socket.destroy(error));
    socket.on('data', (chunk: Buffer) => parser.parse(chunk));
    socket.on('error', (error) => this.#answer.reject(error));
    socket.on('close', () => {
      this.#answer.reject(new Error('The broker closed the connection.'));
      listener.closed?.();
    });
  }

  /** Resolves once the broker said CONNACK 0, and SUBACK where something is subscribed to. */
  static async open(options: LoadOptions, listener: LoadListener): Promise<LoadClient> {
    const { port, localAddress } = options;
    const where = localAddress === undefined ? {} : { localAddress };
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, ...where });
    const client = new LoadClient(socket, listener);
    try {
      await within(client.#shakeHands(options), limits.connectMs, `CONNACK of port ${port}`);
      client.#answer.promise.catch(() => undefined); // Who waits next asks again.
      return client;
    } catch (error) {
      socket.destroy();
      throw error;
    }
  }

  write(frame: Buffer): void {
    this.#socket.write(frame);
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  async #shakeHands({ clientId, username, password, subscribe = [] }: LoadOptions): Promise<void> {
    const proof = username === undefined ? {} : { username, password: Buffer.from(password ?? '') };
    const head = { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true } as const;
    this.write(mqtt.generate({ ...head, keepalive: 120, clientId, ...proof }));
    const connack = await this.#nextAnswer();
    if (connack.cmd !== 'connack' || connack.returnCode !== 0) {
      throw new Error(`CONNECT was answered ${JSON.stringify(connack)}.`);
    }
    if (subscribe.length === 0) return;
    const subscriptions = subscribe.map((topic) => ({ topic, qos: 1 as const }));
    this.write(mqtt.generate({ cmd: 'subscribe', messageId: 1, subscriptions }));
    const suback = await this.#nextAnswer();
    if (suback.cmd !== 'suback' || suback.granted.some((code) => code !== 1)) {
      throw new Error(`SUBSCRIBE was answered ${JSON.stringify(suback)}.`);
    }
  }

  async #nextAnswer(): Promise<Packet> {
    const answer = await this.#answer.promise;
    this.#answer = Promise.withResolvers();
    return answer;
  }

  #take(packet: Packet): void {
    if (packet.cmd === 'puback') this.#listener.puback?.();
    else if (packet.cmd === 'publish') this.#takeMessage(packet);
    else this.#answer.resolve(packet);
  }

  #takeMessage({ qos, messageId, payload }: IPublishPacket): void {
    if (qos === 1 && messageId !== undefined) {
      this.write(mqtt.generate({ cmd: 'puback', messageId }));
    }
    this.#listener.publish?.(Buffer.from(payload));
  }
}

/** QoS 1. */
export function publishFrame(topic: string, payload: string, messageId: number): Buffer {
  const message = { cmd: 'publish', topic, payload: Buffer.from(payload), messageId } as const;
  return mqtt.generate({ ...message, qos: 1, dup: false, retain: false });
}

/** QoS 0. */
export function publishOnceFrame(topic: string, payload: string): Buffer {
  const message = { cmd: 'publish', topic, payload: Buffer.from(payload) } as const;
  return mqtt.generate({ ...message, qos: 0, dup: false, retain: false });
}
