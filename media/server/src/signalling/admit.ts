import { refuse, type Refusal, type SeatClaims } from '@sightline/contracts';
import { limits } from '#limits.ts';
import type { Rooms } from '#rooms/rooms.ts';
import { readSeatToken } from './read-seat-token.ts';

export interface AdmitDeps {
  readonly rooms: Rooms;
  readonly key: Buffer;
  readonly now: () => number;
  readonly hasWorkers: () => boolean;
  readonly isFull: () => boolean;
}

const sentences = {
  'bad-token': 'This key opens nothing.',
  'stale-token': 'This key is too old; ask for another.',
  'no-room': 'There is no such room.',
  full: 'No more seats are taken now.',
  'no-worker': 'Meetings cannot be held on this machine now.',
  'not-ready': 'The rooms are not known yet; come again soon.',
} as const;

/** Whether a token opens a seat now. A removed seat and an unknown room sound the same. */
export async function admit(token: unknown, deps: AdmitDeps): Promise<SeatClaims | Refusal> {
  const claims = readSeatToken(token, { key: deps.key, nowMs: deps.now() });
  if (claims === 'bad-token' || claims === 'stale-token') return refused(claims);
  if (deps.isFull()) return refused('full');
  const { rooms } = deps;
  const isTold = await isWithin(rooms.told, limits.signal.roomsMs);
  // The centre is away: what it said before a restart still holds, as it would without the restart.
  if (!isTold && !rooms.isRestored) return refused('not-ready');
  const room = rooms.get(claims.meetingId);
  if (room?.rules.seats.has(claims.seatId) !== true) return refused('no-room');
  return deps.hasWorkers() ? claims : refused('no-worker');
}

function refused(code: keyof typeof sentences): Refusal {
  return refuse(code, sentences[code]);
}

async function isWithin(promise: Promise<void>, ms: number): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), ms);
  const isThere = await Promise.race([promise.then(() => true), late.promise]);
  clearTimeout(timer);
  return isThere;
}
