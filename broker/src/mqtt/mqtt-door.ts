import { topicOf, type Desired, type Leaf, type PacketAck } from '@sightline/contracts';
import type { AuthenticateError, Client, PublishPacket } from 'aedes';
import mqtt from 'mqtt-packet';
import type { Logger } from 'pino';
import { decideAccess } from '#domain/access.ts';
import { closeAedes, createTerminalAedes, dropIfBehind } from '#mqtt/create-aedes.ts';
import { listenGuarded } from '#mqtt/listen-guarded.ts';
import type { CommandSink, IngestSource, ReceivePacket } from '#ports.ts';
import type { Session } from '#session.ts';
import type { TlsPair } from '#tls.ts';

/** What a CONNECT says. */
export interface ConnectWish {
  readonly clientId: string;
  readonly userName: string;
  readonly password: string;
  readonly isClean: boolean;
  readonly keepAliveS: number;
  readonly hasWill: boolean;
}

/** CONNACK return code 3 = try again later, 4 = wrong token, 5 = never with this. */
export interface ConnectRefusal {
  readonly returnCode: 3 | 4 | 5;
  readonly reason: string;
}

export interface DoorOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsPair | null;
  readonly log: Logger;
  readonly authenticate: (wish: ConnectWish) => Promise<Session | ConnectRefusal>;
}

/** What the door tells; telemetry and presence, no facts. */
export interface DoorListener {
  onConnected(session: Session): void;
  onDisconnected(session: Session): void;
  onBeat(session: Session, payload: Buffer): void;
  onSubscribed(session: Session, leaf: Leaf): void;
  /** It tried what only another may do; its connection ends. */
  onTrespass(session: Session, reason: string): void;
}

type Done = (error?: Error | null) => void;

interface Guest {
  readonly client: Client;
  readonly session: Session;
  readonly leaves: Set<Leaf>;
}

/** The MQTT door of the terminals: aedes behind the guard, one connection per source. */
export class MqttDoor implements IngestSource, CommandSink, AsyncDisposable {
  readonly #options: DoorOptions;
  readonly #listener: DoorListener;
  readonly #wishes = new WeakMap<Client, Omit<ConnectWish, 'userName' | 'password'>>();
  /** Whoever proved its key, also before its CONNACK is out: it may subscribe at once (MQTT-3.1.4). */
  readonly #proven = new WeakMap<Client, Guest>();
  readonly #guests = new Map<string, Guest>();
  readonly #byTerminal = new Map<string, Guest>();
  #receive: ReceivePacket = () => Promise.reject(new Error('Nobody takes packets yet.'));
  #close: (() => Promise<void>) | null = null;

  constructor(options: DoorOptions, listener: DoorListener) {
    this.#options = options;
    this.#listener = listener;
  }

  onPacket(receive: ReceivePacket): void {
    this.#receive = receive;
  }

  /** Opens the listener; returns its port. Packets must have somebody to go to by now. */
  async open(): Promise<number> {
    const { host, port, tls, log } = this.#options;
    const aedes = await createTerminalAedes(this.#hooks(), log);
    aedes.on('clientReady', (client) => this.#welcome(client));
    aedes.on('clientDisconnect', (client) => this.#farewell(client));
    const listening = await listenGuarded(aedes, { host, port, tls, log });
    this.#close = async () => {
      const closed = closeAedes(aedes);
      await listening[Symbol.asyncDispose]();
      await closed;
    };
    return listening.port;
  }

  get connectedSources(): readonly string[] {
    return [...this.#guests.keys()];
  }

  /** True for a terminal that is connected and wants to know its desired state. */
  wantsDesired(terminalId: string): boolean {
    return this.#byTerminal.get(terminalId)?.leaves.has('desired') === true;
  }

  publishAck(source: string, ack: PacketAck): void {
    const guest = this.#guests.get(source);
    if (guest?.leaves.has('ack') !== true) return;
    const { conn } = guest.client;
    if (conn.destroyed || dropIfBehind(guest.client, this.#options.log)) return;
    // QoS 0 has no state: written as it is, in one piece with the PUBACK before it.
    const payload = JSON.stringify(ack);
    const packet = { topic: guest.session.access.ack, payload, qos: 0 as const };
    mqtt.writeToStream({ cmd: 'publish', ...packet, retain: false, dup: false }, conn);
  }

  publishDesired(desired: Desired): void {
    const guest = this.#byTerminal.get(desired.terminalId);
    const topic = guest?.session.access.desired;
    if (guest?.leaves.has('desired') !== true || topic !== topicOf(desired, 'desired')) return;
    const payload = JSON.stringify(desired);
    const packet = { cmd: 'publish' as const, topic, qos: 1 as const, payload };
    // aedes calls back without asking whether there is somebody to call.
    guest.client.publish({ ...packet, retain: false, dup: false }, () => undefined);
  }

  disconnect(source: string, reason: string): boolean {
    const guest = this.#guests.get(source);
    if (guest === undefined) return false;
    this.#options.log.info({ source, reason }, 'A terminal was disconnected.');
    guest.client.conn.destroy();
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close?.();
  }

  #hooks(): Parameters<typeof createTerminalAedes>[0] {
    return {
      preConnect: (client, packet, done) => {
        this.#wishes.set(client, {
          clientId: packet.clientId,
          isClean: packet.clean === true,
          keepAliveS: packet.keepalive ?? 0,
          hasWill: packet.will !== undefined,
        });
        done(null, true);
      },
      authenticate: (client, ...[userName, password, done]) => {
        const given = { userName: userName ?? '', password: password?.toString('latin1') ?? '' };
        void this.#answerConnect(client, given, done);
      },
      authorizePublish: (client, packet, done) => {
        const session = client === null ? undefined : this.#proven.get(client)?.session;
        if (session === undefined) done(new Error('A will is nobody’s here.'));
        else this.#judgePublish(session, packet, done);
      },
      authorizeSubscribe: (client, subscription, done) => {
        const guest = this.#proven.get(client);
        const isAllowed = guest !== undefined && this.#judgeSubscribe(guest, subscription.topic);
        done(null, isAllowed ? subscription : null); // MQTT-3.9.3: null answers 0x80.
      },
    };
  }

  async #answerConnect(
    client: Client,
    given: Pick<ConnectWish, 'userName' | 'password'>,
    done: (error: AuthenticateError | null, success: boolean) => void,
  ): Promise<void> {
    const refusal = await this.#prove(client, given).catch((error: unknown) => {
      this.#options.log.warn(
        { err: error, source: given.userName },
        'A terminal could not be proven.',
      );
      return { returnCode: 3 as const, reason: 'the database does not answer' };
    });
    if (refusal === null) done(null, true);
    else done(Object.assign(new Error(refusal.reason), refusal), false);
  }

  async #prove(
    client: Client,
    given: Pick<ConnectWish, 'userName' | 'password'>,
  ): Promise<ConnectRefusal | null> {
    const wish = this.#wishes.get(client);
    if (wish === undefined) return { returnCode: 5, reason: 'no CONNECT was seen' };
    const session = await this.#options.authenticate({ ...wish, ...given });
    if ('returnCode' in session) return session;
    this.#proven.set(client, { client, session, leaves: new Set() });
    return null;
  }

  #judgePublish(session: Session, packet: PublishPacket, done: Done): void {
    const { topic, qos, retain } = packet;
    const verdict = decideAccess(session.access, { kind: 'publish', topic, qos, retain });
    if (!verdict.allowed) {
      this.#listener.onTrespass(session, verdict.reason);
      done(new Error(verdict.reason));
      return;
    }
    const { payload } = packet;
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
    if (verdict.leaf === 'facts') {
      void this.#takePacket(session, bytes, done);
    } else {
      this.#listener.onBeat(session, bytes);
      done();
    }
  }

  async #takePacket(session: Session, payload: Buffer, done: Done): Promise<void> {
    const taken = await this.#receive(session, payload).catch((error: unknown) =>
      error instanceof Error ? error : new Error('A packet was not taken.', { cause: error }),
    );
    if (taken instanceof Error) {
      done(taken);
    } else {
      done(); // PUBACK; then the application ack.
      this.publishAck(session.sender.source, taken);
    }
  }

  #judgeSubscribe(guest: Guest, filter: string): boolean {
    const { session, leaves } = guest;
    const verdict = decideAccess(session.access, { kind: 'subscribe', filter });
    if (!verdict.allowed) {
      this.#listener.onTrespass(session, verdict.reason);
      return false;
    }
    leaves.add(verdict.leaf);
    setImmediate(() => this.#tellSubscribed(guest, verdict.leaf)); // After the SUBACK.
    return true;
  }

  /** Before its CONNACK nothing can be sent to it: `#welcome` tells then. */
  #tellSubscribed(guest: Guest, leaf: Leaf): void {
    const { session } = guest;
    if (this.#guests.get(session.sender.source) === guest) {
      this.#listener.onSubscribed(session, leaf);
    }
  }

  #welcome(client: Client): void {
    const guest = this.#proven.get(client);
    if (guest === undefined) return;
    const { session, leaves } = guest;
    this.#guests.set(session.sender.source, guest);
    this.#byTerminal.set(session.sender.terminalId, guest);
    this.#listener.onConnected(session);
    for (const leaf of leaves) this.#listener.onSubscribed(session, leaf);
  }

  #farewell(client: Client): void {
    const guest = this.#proven.get(client);
    if (guest === undefined) return;
    const { source, terminalId } = guest.session.sender;
    // After a take-over the new connection has the place already.
    if (this.#guests.get(source) !== guest) return;
    this.#guests.delete(source);
    if (this.#byTerminal.get(terminalId) === guest) this.#byTerminal.delete(terminalId);
    this.#listener.onDisconnected(guest.session);
  }
}
