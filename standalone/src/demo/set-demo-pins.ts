import { createHash, randomUUID } from 'node:crypto';
import type { Grant, KioskState } from '@sightline/contracts';
import { inTransaction, issueGrant, type Store } from '@sightline/store';
import type { DemoTerminal } from './seed-demo.ts';

/** Everybody at the demo terminal has this PIN; it is printed beside the links. */
export const demoPin = '246810';

const waitMs = 20_000;
const betweenLooksMs = 100;

export interface DemoPins {
  readonly store: Store;
  readonly terminal: DemoTerminal;
  /** With its `#token`. */
  readonly kioskUrl: string;
  readonly report: (measured: string) => void;
}

/** Gives the people of the demo terminal their PIN through the kiosk's own door, with real grants. */
export async function setDemoPins({ store, terminal, kioskUrl, report }: DemoPins): Promise<void> {
  const kiosk = await openKiosk(kioskUrl);
  const { people } = await kiosk.waitFor((state) => state.people.length > 0);
  const without = people.filter((person) => !person.hasPin);
  for (const [index, { personId }] of without.entries()) {
    const code = String(10_000_000 + index);
    await grantPin({ store, terminal, personId, code });
    await kiosk.setPin({ personId, code, pin: demoPin });
    report(`${index + 1} of ${without.length} people`);
  }
}

interface PinGrant {
  readonly store: Store;
  readonly terminal: DemoTerminal;
  readonly personId: string;
  readonly code: string;
}

async function grantPin({ store, terminal, personId, code }: PinGrant): Promise<void> {
  const now = Temporal.Now.instant();
  const salt = randomUUID();
  const grant: Grant = {
    grantId: randomUUID(),
    personId,
    purpose: 'set-pin',
    salt,
    codeHash: createHash('sha256').update(`${salt}\n${code}`).digest('base64url'),
    expiresAt: now.add({ minutes: 10 }).toString({ fractionalSecondDigits: 3 }),
  };
  const refusal = await inTransaction(store, (client) =>
    issueGrant(client, { ...terminal, grant }, { now, actor: 'system:demo' }),
  );
  if (refusal !== null) throw new Error(`The demo's PINs were refused: ${refusal.detail}`);
}

async function openKiosk(kioskUrl: string) {
  const { origin, hash } = new URL(kioskUrl);
  const call = (
    path: string,
    init: {
      readonly method?: string;
      readonly body?: string;
      readonly headers?: Record<string, string>;
    },
  ) =>
    fetch(`${origin}${path}`, {
      ...init,
      signal: AbortSignal.timeout(waitMs),
      headers: { origin, 'content-type': 'application/json', ...init.headers },
    });
  const session = await call('/api/session', {
    method: 'POST',
    body: JSON.stringify({ token: new URLSearchParams(hash.slice(1)).get('token') }),
  });
  const cookie = session.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  if (!session.ok) throw new Error(`The kiosk refused its own link (HTTP ${session.status}).`);

  const waitFor = async (holds: (state: KioskState) => boolean): Promise<KioskState> => {
    const deadline = performance.now() + waitMs;
    for (;;) {
      const reply = await call('/api/state', { headers: { cookie } });
      const state = (await reply.json()) as KioskState; // Our own kiosk, typed by the contract.
      if (reply.ok && holds(state)) return state;
      if (performance.now() > deadline) throw new Error('The demo terminal got no people in 20 s.');
      await pause();
    }
  };

  /** The grant travels by the broker: a code not known yet is tried again, before five tries lock it. */
  const setPin = async (body: object): Promise<void> => {
    for (let pauseMs = betweenLooksMs; ; pauseMs *= 4) {
      const reply = await call('/api/pin', {
        method: 'POST',
        headers: { cookie },
        body: JSON.stringify(body),
      });
      if (reply.ok) return;
      const problem = await reply.text();
      if (!/code-(wrong|not-arrived)/.test(problem)) {
        throw new Error(`The demo's PIN was refused (HTTP ${reply.status}): ${problem}`);
      }
      await pause(pauseMs);
    }
  };
  return { waitFor, setPin };
}

const pause = (ms = betweenLooksMs) => new Promise<void>((resolve) => setTimeout(resolve, ms));
