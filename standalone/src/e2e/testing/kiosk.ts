import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { KioskMessage, KioskResult, KioskState } from '@sightline/contracts';
import { until } from '../edge-fixture.ts';
import { openSession, openWebSocket, type Answer } from './web-client.ts';

/** For a machine that others keep busy. */
const patienceMs = 90_000;
const rateLimitedMs = 1_000;

/** The kiosk's page without a browser. */
export interface Kiosk {
  readonly origin: string;
  state(): Promise<KioskState>;
  post(path: string, body: object): Promise<Answer>;
  /** Posts with a code just made: it travels by the broker, and five wrong tries would lock it. */
  postWithCode(
    path: string,
    body: Readonly<Record<string, string>> & { readonly code: string },
  ): Promise<Answer>;
  checkInByPin(personId: string, pin: string): Promise<Answer>;
  /** The state once `holds` says yes. */
  waitFor(what: string, holds: (state: KioskState) => boolean): Promise<KioskState>;
  listen(): Promise<KioskEar>;
}

/** What the kiosk says over its socket. */
export interface KioskEar extends Disposable {
  readonly messages: readonly KioskMessage[];
  /** The first result after the last one that was asked for. */
  nextResult(withinMs?: number): Promise<KioskResult>;
}

export async function openKiosk(link: string): Promise<Kiosk> {
  const client = await openSession(link, { path: '/api/session', key: 'token' });
  const state = async (): Promise<KioskState> => {
    for (;;) {
      const { status, body } = await client.get('/api/state');
      // Our own kiosk, typed by the contract.
      if (status === 200) return body as unknown as KioskState;
      if (status !== 429) throw new Error(`The kiosk's state: HTTP ${status}.`);
      await pause(rateLimitedMs); // Asked too often in a minute: the door's own limit.
    }
  };
  return {
    origin: client.origin,
    state,
    post: (path, body) => client.post(path, body),
    async postWithCode(path, body) {
      for (let pauseMs = 100; ; pauseMs *= 4) {
        const answer = await client.post(path, body);
        if (!/^code-(wrong|not-arrived)$/.test(String(answer.body['code']))) return answer;
        await pause(pauseMs);
      }
    },
    checkInByPin: (personId, pin) => client.post('/api/check-in/pin', { personId, pin }),
    async waitFor(what, holds) {
      let seen = await state();
      await until(`kiosk: ${what}`, async () => holds((seen = await state())), patienceMs);
      return seen;
    },
    listen: () => listen(openWebSocket(client, '/api/kiosk')),
  };
}

async function listen(socket: WebSocket): Promise<KioskEar> {
  const messages: KioskMessage[] = [];
  socket.addEventListener('message', ({ data }) => {
    // Binary messages are previews of the camera; the words are the contract's.
    if (typeof data === 'string') messages.push(JSON.parse(data) as KioskMessage);
  });
  await once(socket, 'open', { signal: AbortSignal.timeout(10_000) });
  let asked = 0;
  return {
    messages,
    async nextResult(withinMs = patienceMs) {
      let found: KioskMessage | undefined;
      const look = () => {
        found = messages.slice(asked).find(({ kind }) => kind === 'result');
        return found !== undefined;
      };
      await until('a result at the kiosk', look, withinMs);
      if (found?.kind !== 'result') throw new Error('No result.');
      asked = messages.indexOf(found) + 1;
      return found.result;
    },
    [Symbol.dispose]: () => socket.close(),
  };
}
