import type { Spell } from '@sightline/contracts';
import type { Logger } from 'pino';
import { RoomAttendance } from '#attendance/attendance.ts';
import type { CentreLink } from '#centre-link/centre-link.ts';
import type { Rooms } from '#rooms/rooms.ts';
import { Holds } from '#tiers/holds.ts';
import { Links } from '#tiers/links.ts';
import type { Stills } from '#tiers/stills.ts';
import { Sampler } from './sampler.ts';

interface Measuring {
  readonly rooms: Rooms;
  readonly stills: Stills;
  readonly put: CentreLink['put'];
  readonly log: Logger;
  readonly now: () => number;
  readonly nowMs: () => number;
}

/** Once a second: who is there, and how their links stand. */
export function measureRooms(
  { rooms, stills, put, log, now, nowMs }: Measuring,
  held: AsyncDisposableStack,
): void {
  const attendances = new Map<string, RoomAttendance>();
  const links = new Links(log, nowMs);
  const holds = new Holds(nowMs);
  rooms.events.on('opened', ({ meetingId }) => {
    const tell = (word: Spell) => put({ event: 'spells', meetingId, key: word.spellId, word });
    attendances.set(meetingId, new RoomAttendance(meetingId, tell));
  });
  rooms.events.on('closed', (meetingId) => {
    attendances.get(meetingId)?.close();
    attendances.delete(meetingId);
  });
  held.use(
    new Sampler({
      rooms,
      log,
      now,
      onSample: (room, peer, sample) => {
        const hasSign = peer.isWebRtc && sample.isOpen && sample.hasEcho;
        attendances.get(room.meetingId)?.note(peer.seatId, { ...sample, hasSign });
        links.learn(room, peer, sample);
        holds.learn(peer, sample);
      },
      onRound: (room) => {
        attendances.get(room.meetingId)?.tick(now());
        links.tell(room);
        holds.tell(room);
        stills.review(room);
      },
    }),
  );
}
