import { topicOf, type TerminalAddress } from '@sightline/contracts';
import { connect, type MqttClient } from 'mqtt';
import { LinkFault } from '#uplink/link-fault.ts';
import { limits } from '#limits.ts';

export interface LinkOptions {
  readonly brokerMqttUrl: string;
  readonly address: TerminalAddress;
  readonly source: string;
  /** `${nonce}.${signature}` */
  readonly password: string;
  readonly onAck: (payload: Buffer) => void;
  readonly onDesired: (payload: Buffer) => void;
  readonly signal: AbortSignal;
}

/** One connection, from CONNACK and SUBACK until it ends; never reconnects by itself. */
export interface Link {
  publishFacts(packet: string): void;
  publishBeat(text: string): void;
  /** Resolves once when the connection is gone, with a sentence. */
  readonly ended: Promise<string>;
  end(): void;
}

/** Connects and subscribes. Throws a LinkFault saying why not. */
export async function openLink(options: LinkOptions): Promise<Link> {
  const client = connect(options.brokerMqttUrl, {
    protocolVersion: 4,
    clean: true,
    clientId: options.source,
    username: options.source,
    password: options.password,
    keepalive: limits.uplink.keepaliveS,
    connectTimeout: limits.uplink.connectTimeoutMs,
    reconnectPeriod: 0, // Ours has backoff and jitter, and a fresh nonce for each attempt.
    resubscribe: false,
    queueQoSZero: false,
    timerVariant: 'native',
  });
  const link = wrap(client, options);
  try {
    await withinTime(subscribed(client, options), link.ended, options.signal);
    return link;
  } catch (fault) {
    link.end();
    throw fault;
  }
}

function wrap(client: MqttClient, { address, onAck, onDesired }: LinkOptions): Link {
  const topics = {
    facts: topicOf(address, 'facts'),
    beat: topicOf(address, 'beat'),
    ack: topicOf(address, 'ack'),
    desired: topicOf(address, 'desired'),
  };
  const { promise: ended, resolve } = Promise.withResolvers<string>();
  let reason = 'The connection was closed.';
  client.on('error', (fault) => {
    reason = fault.message;
  });
  client.on('close', () => {
    resolve(reason);
    client.end(true);
  });
  client.on('message', (topic, payload) => {
    if (payload.byteLength > limits.uplink.messageBytes) return;
    if (topic === topics.ack) onAck(payload);
    else if (topic === topics.desired) onDesired(payload);
  });
  // A PUBACK frees nothing and a failed send is sent again by the window: both end here.
  const ignore = (): void => {};
  return {
    ended,
    publishFacts: (packet) => client.publish(topics.facts, packet, { qos: 1 }, ignore),
    publishBeat: (text) => client.publish(topics.beat, text, { qos: 0 }, ignore),
    end: () => {
      client.end(true);
      resolve(reason);
    },
  };
}

function subscribed(client: MqttClient, { address, brokerMqttUrl }: LinkOptions): Promise<void> {
  const topics = {
    [topicOf(address, 'ack')]: { qos: 0 },
    [topicOf(address, 'desired')]: { qos: 1 },
  };
  return new Promise((resolve, reject) => {
    client.on('error', (fault) => reject(LinkFault.from(fault, brokerMqttUrl)));
    client.on('connect', () => {
      client.subscribe(topics as Record<string, { qos: 0 | 1 }>, (fault) => {
        // A cut in this moment ends here as well: only CONNACK 5 says that the key is refused.
        if (fault === null) resolve();
        else reject(new LinkFault('unreachable', `The subscription failed: ${fault.message}.`));
      });
    });
  });
}

/** The connection's end, an abort and the time limit all end the wait. */
async function withinTime(
  wanted: Promise<void>,
  ended: Promise<string>,
  signal: AbortSignal,
): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(new LinkFault('unreachable', 'The connecting was given up.'));
  const timer = setTimeout(
    () => reject(new LinkFault('unreachable', 'The broker took too long to greet.')),
    2 * limits.uplink.connectTimeoutMs,
  );
  signal.addEventListener('abort', onAbort, { once: true });
  const gone = ended.then((reason) => Promise.reject(new LinkFault('unreachable', reason)));
  try {
    await Promise.race([wanted, gone, late]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    for (const loser of [wanted, gone, late]) loser.catch(() => {}); // Told by the race already.
  }
}
