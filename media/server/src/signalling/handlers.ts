import { randomUUID } from 'node:crypto';
import {
  isRefusal,
  refuse,
  type Refusal,
  type RoomLine,
  type SignalName,
  type SignalReplies,
  type SignalRequest,
} from '@sightline/contracts';
import type { Up } from '#centre-link/outgoing.ts';
import type { Peer } from '#rooms/peer.ts';
import type { Room } from '#rooms/room.ts';
import { watchable } from '#rooms/wants.ts';
import type { Stills } from '#tiers/stills.ts';
import type { TurnServers } from './turn-servers.ts';
import type { Visit } from './visit.ts';

export interface HandlerDeps {
  readonly stills: Stills;
  readonly turnServers: TurnServers;
  /** Sends a word up to the centre. */
  readonly put: (up: Up) => void;
  /** As `put`; null = it lies on disk, and the page may be told so. */
  readonly keep: (up: Up) => Promise<Refusal | null>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly nowMs: () => number;
}

type Answer<Name extends SignalName> = Promise<SignalReplies[Name] | Refusal>;
type Handlers = {
  readonly [Name in SignalName]: (visit: Visit, request: SignalRequest<Name>) => Answer<Name>;
};

/** What each request does. All have passed their schemas; none trusts what is inside. */
export function makeHandlers(deps: HandlerDeps): Handlers {
  return {
    capabilities: async (visit) => {
      const room = visit.room();
      const routerRtpCapabilities = (await room?.ready()) ?? null;
      return routerRtpCapabilities === null ? noRoom(room) : { routerRtpCapabilities };
    },
    enter: (visit, request) => enter(visit, request, deps),
    'connect-transport': (visit, request) => withPeer(visit, ({ peer }) => peer.connect(request)),
    'restart-ice': (visit, { transportId }) =>
      withPeer(visit, ({ peer }) => peer.restartIce(transportId)),
    'ice-servers': (visit) =>
      withPeer(visit, async ({ peer }) => ({
        iceServers: deps.turnServers(peer.seatId, deps.now()),
      })),
    produce: (visit, request) =>
      withPeer(visit, ({ peer, room }) => peer.sending.produce(request, () => room.rules)),
    pause: (visit, request) =>
      withPeer(visit, ({ peer, room }) => peer.sending.pause(request, room.rules)),
    close: (visit, { source }) =>
      withPeer(visit, async ({ peer }) => {
        peer.sending.end(source);
        return {};
      }),
    watch: (visit, { seats }) =>
      withPeer(visit, async ({ peer, room }) => {
        peer.watch = seats;
        room.refresh(peer);
        deps.stills.reviewSoon(room);
        return { seats: watchable(room.rules, peer) };
      }),
    'consumer-ready': (visit, { consumerId }) =>
      withPeer(visit, ({ peer }) => peer.receiving.ready(consumerId)),
    channel: (visit, { channel }) =>
      withPeer(visit, async ({ peer, room }) => {
        peer.channel = channel;
        room.refresh(peer);
        return {};
      }),
    hand: (visit, request) => withPeer(visit, (found) => hand(found, request, deps)),
    line: (visit, request) =>
      withPeer(visit, async (found) =>
        visit.allowance.lines.take(deps.nowMs())
          ? line(found, request, deps)
          : refuse('too-fast', 'One line a second is taken.'),
      ),
    report: (visit, request) =>
      withPeer(visit, async ({ peer }) => {
        peer.tiers.report(request, deps.nowMs());
        return {};
      }),
    still: (visit, request) => withPeer(visit, async ({ peer }) => deps.stills.take(peer, request)),
    leave: (visit) =>
      withPeer(visit, async ({ peer, room }) => {
        room.leave(peer);
        return {};
      }),
  };
}

interface Found {
  readonly room: Room;
  readonly peer: Peer;
}

async function withPeer<Reply>(
  visit: Visit,
  act: (found: Found) => Promise<Reply | Refusal>,
): Promise<Reply | Refusal> {
  const room = visit.room();
  if (room === null) return noRoom(room);
  const { peer } = visit;
  if (peer === null || peer.isClosed || peer.isLost) {
    return refuse('not-in-room', 'Enter the room first.');
  }
  return act({ room, peer });
}

function noRoom(room: Room | null): Refusal {
  return room === null
    ? refuse('no-room', 'There is no such room.')
    : refuse('no-worker', 'The room is being made anew; try again.');
}

async function enter(
  visit: Visit,
  request: SignalRequest<'enter'>,
  { turnServers, now }: HandlerDeps,
): Answer<'enter'> {
  const room = visit.room();
  if (room === null) return noRoom(room);
  if (request.rtpCapabilities === null && !visit.mayBePlain) {
    return refuse('plain-closed', 'Plain RTP is taken on the loopback, or where it was opened.');
  }
  const { seatId } = visit.claims;
  const peer = await room.enter({ seatId, enter: request, tell: visit.tell });
  if (isRefusal(peer)) return peer;
  if (!visit.take(peer)) {
    // The page left meanwhile.
    room.leave(peer);
    return refuse('not-in-room', 'The page has left.');
  }
  return { ...room.reply(peer), iceServers: turnServers(seatId, now()) };
}

async function hand(
  { room, peer }: Found,
  { isUp }: SignalRequest<'hand'>,
  { keep }: HandlerDeps,
): Promise<object | Refusal> {
  const { meetingId } = room;
  const { seatId } = peer;
  const word = { meetingId, seatId, isUp };
  return (await keep({ event: 'hand', meetingId, key: seatId, word })) ?? {};
}

/** Nobody reads a line that may yet be lost. */
async function line(
  { room, peer }: Found,
  { text }: SignalRequest<'line'>,
  deps: HandlerDeps,
): Promise<object | Refusal> {
  const { meetingId } = room;
  const lineId = randomUUID();
  const at = new Date(deps.now()).toISOString();
  const word: RoomLine = { lineId, meetingId, seatId: peer.seatId, at, text };
  const refusal = await deps.keep({ event: 'line', meetingId, key: lineId, word });
  if (refusal === null) room.say(word);
  return refusal ?? {};
}
