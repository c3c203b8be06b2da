import type { LiveFrame } from '@sightline/contracts';
import { io, type Socket } from 'socket.io-client';
import { endWithParent, nextWord, tell } from '#load/parent.ts';
import { limits } from '../limits.ts';
import type { Sighting } from './sightings.ts';
import type { ViewersTask } from './viewers.ts';

interface FromCentre {
  frame: (frame: LiveFrame) => void;
}

interface ToCentre {
  watch: (region: string, answer: (answer: { readonly ok: boolean }) => void) => void;
}

endWithParent();
const task = (await nextWord()) as ViewersTask; // Sent by viewers.ts alone.
const seen = await Promise.all(Array.from({ length: task.count }, watch));
tell({ watching: seen.length });
await nextWord();
tell({ seen });

/** The list grows while the socket lives, which is as long as this process. */
async function watch(): Promise<readonly Sighting[]> {
  const { url, cookie, region } = task;
  const socket: Socket<FromCentre, ToCentre> = io(url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    timeout: limits.connectMs,
    extraHeaders: { origin: url, cookie },
  });
  const sightings: Sighting[] = [];
  socket.on('frame', ({ to }) => sightings.push([to, Date.now()]));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  const answer = await socket.timeout(limits.connectMs).emitWithAck('watch', region);
  if (!answer.ok) throw new Error(`The centre lets nobody watch ${region}.`);
  return sightings;
}
