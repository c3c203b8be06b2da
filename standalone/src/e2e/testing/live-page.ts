import { once } from 'node:events';
import type { LiveCell, LiveFrame, LivePulse, LiveSnapshot } from '@sightline/contracts';
import { until } from '../edge-fixture.ts';
import { openSession, openWebSocket, type WebClient } from './web-client.ts';

/** The big screen without a browser: a snapshot, then every frame and pulse. */
export interface LivePage extends Disposable {
  readonly frames: readonly LiveFrame[];
  readonly pulses: readonly LivePulse[];
  snapshot(): Promise<LiveSnapshot>;
  /** The newest word on a village, of frames or of the snapshot at the beginning. */
  cell(region: string): LiveCell | undefined;
  pulse(what: string, holds: (pulse: LivePulse) => boolean, withinMs?: number): Promise<LivePulse>;
}

/** Opens the screen's link and watches a region. */
export async function openLivePage(link: string, region = '5402'): Promise<LivePage> {
  const client = await openSession(link, { path: '/api/viewer-session', key: 'token' });
  const frames: LiveFrame[] = [];
  const pulses: LivePulse[] = [];
  const cells = new Map<string, LiveCell>();
  const socket = await watch(client, region, (event, payload) => {
    // Our own server's events, typed by the contract.
    if (event === 'pulse') pulses.push(payload as LivePulse);
    if (event !== 'frame') return;
    const frame = payload as LiveFrame;
    frames.push(frame);
    for (const cell of frame.cells) cells.set(cell.region, cell);
  });
  const snapshot = async () => {
    const { status, body } = await client.get('/api/live/snapshot');
    if (status !== 200) throw new Error(`The snapshot answered ${status}.`);
    return body as unknown as LiveSnapshot; // As above.
  };
  for (const cell of (await snapshot()).cells) {
    if (!cells.has(cell.region)) cells.set(cell.region, cell);
  }
  return {
    frames,
    pulses,
    snapshot,
    cell: (village) => cells.get(village),
    async pulse(what, holds, withinMs = 60_000) {
      const from = pulses.length;
      let found: LivePulse | undefined;
      const look = () => (found = pulses.slice(from).find(holds)) !== undefined;
      await until(`pulse: ${what}`, look, withinMs);
      if (found === undefined) throw new Error(what);
      return found;
    },
    [Symbol.dispose]: () => socket.close(),
  };
}

/** Engine.IO 4 and Socket.IO 5 on a bare WebSocket: open, connect, one question, then events. */
async function watch(
  client: WebClient,
  region: string,
  onEvent: (event: string, payload: unknown) => void,
): Promise<WebSocket> {
  const socket = openWebSocket(client, '/socket.io/?EIO=4&transport=websocket');
  const answered = Promise.withResolvers<unknown>();
  socket.addEventListener('message', ({ data }) => {
    const text = String(data);
    if (text.startsWith('0')) socket.send('40');
    else if (text === '2') socket.send('3');
    else if (text.startsWith('40')) socket.send(`420${JSON.stringify(['watch', region])}`);
    else if (text.startsWith('43')) answered.resolve(JSON.parse(text.slice(3)));
    else if (text.startsWith('42')) {
      const [event, payload] = JSON.parse(text.slice(2)) as [string, unknown];
      onEvent(event, payload);
    } else answered.reject(new Error(`The screen's socket said ${text.slice(0, 200)}`));
  });
  socket.addEventListener('close', () => answered.reject(new Error('The socket closed.')));
  await once(socket, 'open', { signal: AbortSignal.timeout(10_000) });
  const [verdict] = (await answered.promise) as [{ readonly ok: boolean }];
  if (!verdict.ok) throw new Error(`Watching ${region} was refused: ${JSON.stringify(verdict)}`);
  return socket;
}
