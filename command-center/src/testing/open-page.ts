import type { LiveFrame, LivePulse, LiveSnapshot } from '@sightline/contracts';
import { io, type Socket } from 'socket.io-client';
import type { ToCentre, ToPage, WatchAnswer } from '#domain/live-words.ts';

/** A page without a browser: it watches, keeps what it hears, and waits for what a test wants. */
export interface TestPage extends Disposable {
  readonly socket: Socket<ToPage, ToCentre>;
  readonly frames: readonly LiveFrame[];
  readonly pulses: readonly LivePulse[];
  watch(region: string): Promise<WatchAnswer>;
  /** The first frame or pulse, from the first on, for which `wanted` says yes. */
  frame(wanted: (frame: LiveFrame) => boolean): Promise<LiveFrame>;
  pulse(wanted: (pulse: LivePulse) => boolean): Promise<LivePulse>;
}

const patienceMs = 10_000;

/** Rejects with the server's word when it does not let the page in. */
export async function openPage(
  url: string,
  headers: { readonly cookie?: string; readonly origin?: string },
): Promise<TestPage> {
  const socket: Socket<ToPage, ToCentre> = io(url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { origin: url, ...headers },
  });
  const frames = listenFor<LiveFrame>((heard) => socket.on('frame', heard));
  const pulses = listenFor<LivePulse>((heard) => socket.on('pulse', heard));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  }).catch((error: unknown) => {
    socket.close();
    throw error;
  });
  return {
    socket,
    frames: frames.heard,
    pulses: pulses.heard,
    watch: (region) => socket.timeout(patienceMs).emitWithAck('watch', region),
    frame: frames.until,
    pulse: pulses.until,
    [Symbol.dispose]: () => void socket.close(),
  };
}

export async function fetchSnapshot(
  url: string,
  cookie: string,
  region?: string,
): Promise<LiveSnapshot> {
  const query = region === undefined ? '' : `?region=${region}`;
  const reply = await fetch(`${url}/api/live/snapshot${query}`, { headers: { cookie } });
  if (!reply.ok) throw new Error(`The snapshot answered ${reply.status}.`);
  return (await reply.json()) as LiveSnapshot; // Of our own server, in a test.
}

function listenFor<T>(subscribe: (heard: (value: T) => void) => void): {
  readonly heard: T[];
  readonly until: (wanted: (value: T) => boolean) => Promise<T>;
} {
  const heard: T[] = [];
  const checks = new Set<() => void>();
  subscribe((value) => {
    heard.push(value);
    for (const check of checks) check();
  });
  return {
    heard,
    until: (wanted) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          checks.delete(check);
          reject(new Error(`Not heard in ${patienceMs} ms; ${heard.length} others were.`));
        }, patienceMs);
        const check = (): void => {
          const found = heard.find(wanted);
          if (found === undefined) return;
          clearTimeout(late);
          checks.delete(check);
          resolve(found);
        };
        checks.add(check);
        check();
      }),
  };
}
