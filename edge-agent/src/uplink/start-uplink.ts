import { backoffMs, type Beat, type PacketAck } from '@sightline/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { jitteredMs } from '#domain/jitter.ts';
import type { DeviceKey } from '#identity/device-key.ts';
import type { OutboxSource } from '#outbox/outbox-source.ts';
import { fetchPassword } from '#uplink/fetch-password.ts';
import { LinkFault } from '#uplink/link-fault.ts';
import type { LinkCause } from '#uplink/link-state.ts';
import { type Link, openLink } from '#uplink/open-link.ts';
import { parseAck } from '#uplink/parse-ack.ts';
import { Sender } from '#uplink/sender.ts';
import { limits } from '#limits.ts';
import type { UplinkRhythm } from '#uplink/uplink-rhythm.ts';

export interface UplinkOptions {
  readonly source: OutboxSource;
  readonly key: DeviceKey;
  readonly brokerMqttUrl: string;
  readonly brokerHttpUrl: string;
  readonly rhythm: UplinkRhythm;
  /** [0, 1) */
  readonly randomness: () => number;
  readonly beat: () => Beat;
  readonly onDesired: (payload: Buffer) => void;
  readonly onAck: (ack: PacketAck) => void;
  readonly onLink: (change: LinkChange) => void;
  readonly onFinish: (reason: 'fork' | 'outbox-behind') => void;
  /** The outbox did not answer, or gave a wrong answer. */
  readonly onFault: (fault: unknown) => void;
}

export interface LinkChange {
  readonly state: 'up' | 'down';
  readonly cause: LinkCause;
  readonly detail: string | null;
}

/** Keeps one source linked to the broker until disposed: connects, sends, beats, and comes back. */
export function startUplink(options: UplinkOptions): AsyncDisposable {
  const stop = new AbortController();
  const running = keepLinked(options, stop.signal);
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

async function keepLinked(options: UplinkOptions, signal: AbortSignal): Promise<void> {
  const { rhythm, randomness } = options;
  const pace = { firstMs: rhythm.backoffFirstMs, lastMs: rhythm.backoffLastMs };
  let failures = 0;
  while (!signal.aborted) {
    const outcome = await linkOnce(options, signal);
    if (signal.aborted) return;
    failures = outcome.wasUseful ? 0 : failures + 1;
    const waitMs = outcome.isRefused
      ? jitteredMs(rhythm.slowRetryMs, randomness())
      : backoffMs(failures, randomness(), pace);
    await sleep(waitMs, undefined, { signal }).catch(() => {}); // Woken by the abort only.
  }
}

interface Outcome {
  /** It carried an ack or stood for a while: the next attempt need not wait long. */
  readonly wasUseful: boolean;
  readonly isRefused: boolean;
}

async function linkOnce(options: UplinkOptions, signal: AbortSignal): Promise<Outcome> {
  const startedAt = performance.now();
  const heard = { acks: 0 };
  try {
    const detail = await runLink(options, signal, heard);
    options.onLink({ state: 'down', cause: 'unreachable', detail });
    const isLong = performance.now() - startedAt > limits.uplink.usefulLinkMs;
    return { wasUseful: heard.acks > 0 || isLong, isRefused: false };
  } catch (fault) {
    const { kind, message } = LinkFault.from(fault, options.brokerMqttUrl);
    options.onLink({ state: 'down', cause: kind, detail: message });
    return { wasUseful: false, isRefused: kind === 'refused' };
  }
}

/** One connection from its nonce to its end; returns why it ended. */
async function runLink(
  options: UplinkOptions,
  signal: AbortSignal,
  heard: { acks: number },
): Promise<string> {
  const { source, key, brokerMqttUrl, rhythm, randomness } = options;
  const password = await fetchPassword(key, options.brokerHttpUrl, signal);
  // Acks may come in the same breath as the SUBACK, before the sender exists.
  let hear: (ack: PacketAck) => void = options.onAck;
  const link = await openLink({
    brokerMqttUrl,
    address: source.address,
    source: key.source,
    password,
    signal,
    onDesired: options.onDesired,
    onAck: (payload) => {
      const ack = parseAck(payload);
      if (ack === null) return;
      heard.acks += 1;
      hear(ack);
    },
  });
  options.onLink({ state: 'up', cause: null, detail: null });
  using sender = new Sender({
    link,
    source,
    key,
    factsPerPacket: rhythm.factsPerPacket,
    ackTimeoutMs: rhythm.ackTimeoutMs,
    slowRetryMs: () => jitteredMs(rhythm.slowRetryMs, randomness()),
    onFinish: options.onFinish,
    onDetail: (detail) =>
      options.onLink({ state: 'up', cause: detail === null ? null : 'trouble', detail }),
    onFault: options.onFault,
  });
  hear = (ack) => {
    options.onAck(ack);
    sender.hear(ack);
  };
  using _beats = startBeats(link, options);
  sender.pump();
  const onAbort = (): void => link.end();
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) link.end();
  const reason = await link.ended;
  signal.removeEventListener('abort', onAbort);
  return reason;
}

/** A heartbeat at once, then each 30 s ± 10 %. */
function startBeats(link: Link, { beat, rhythm, randomness }: UplinkOptions): Disposable {
  let timer: NodeJS.Timeout;
  const send = (): void => {
    link.publishBeat(JSON.stringify(beat()));
    timer = setTimeout(send, jitteredMs(rhythm.beatEveryMs, randomness()));
  };
  send();
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}
