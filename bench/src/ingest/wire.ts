import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import mqtt from 'mqtt-packet';

/** The least MQTT client that can load a broker: frames made before, answers counted. */
export class LoadClient implements AsyncDisposable {
  readonly #socket: Socket;
  readonly #onPuback: () => void;
  readonly #onPublish: (payload: Buffer) => void;

  private constructor(socket: Socket, on: LoadListener) {
    this.#socket = socket;
    this.#onPuback = on.puback;
    this.#onPublish = on.publish;
    const parser = mqtt.parser();
    parser.on('packet', (packet) => {
      if (packet.cmd === 'puback') this.#onPuback();
      if (packet.cmd === 'publish') this.#onPublish(Buffer.from(packet.payload));
    });
    socket.on('data', (chunk: Buffer) => parser.parse(chunk));
    socket.on('close', () => on.closed());
  }

  static async open(options: LoadOptions, on: LoadListener): Promise<LoadClient> {
    const socket = connect({ port: options.port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    const client = new LoadClient(socket, on);
    const { clientId, username, password } = options;
    socket.write(
      mqtt.generate({
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 4,
        clean: true,
        keepalive: 120,
        clientId,
        ...(username === undefined ? {} : { username, password: Buffer.from(password ?? '') }),
      }),
    );
    if (options.subscribe !== undefined) {
      const subscriptions = [{ topic: options.subscribe, qos: 0 as const }];
      socket.write(mqtt.generate({ cmd: 'subscribe', messageId: 1, subscriptions }));
    }
    await once(socket, 'data');
    return client;
  }

  write(frame: Buffer): void {
    this.#socket.write(frame);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
    await once(this.#socket, 'close');
  }
}

export interface LoadOptions {
  readonly port: number;
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
  readonly subscribe?: string;
}

export interface LoadListener {
  readonly puback: () => void;
  readonly publish: (payload: Buffer) => void;
  readonly closed: () => void;
}

export function publishFrame(topic: string, payload: string, messageId: number): Buffer {
  return mqtt.generate({
    cmd: 'publish',
    topic,
    payload: Buffer.from(payload),
    qos: 1,
    messageId,
    dup: false,
    retain: false,
  });
}
