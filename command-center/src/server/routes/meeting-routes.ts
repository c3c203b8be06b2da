import {
  CallMeetingRequest,
  deskSeat,
  DeskPresentRequest,
  EndMeetingRequest,
  isRefusal,
  refuse,
  SteerMeetingRequest,
  TakeSeatRequest,
  type MeetingAct,
  type Region,
  type SeatKeyReply,
} from '@sightline/contracts';
import {
  callMeeting,
  countHeldMeetings,
  endMeeting,
  findUnanswered,
  noteDeskPresent,
  readAbsent,
  readInvitationGround,
  saveSteered,
  type Client,
  type HeldMeeting,
} from '@sightline/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { rolesFor } from '#domain/access.ts';
import { evolveControl, openingControl } from '#domain/meeting/control.ts';
import { decideCall, planCall, refuseOutside } from '#domain/meeting/decide-call.ts';
import { decideSteer } from '#domain/meeting/steer-meeting.ts';
import { decideEnd } from '#domain/meeting/decide-end.ts';
import { decideDeskPresent, decideSeat } from '#domain/meeting/take-seat.ts';
import { command, sendResult } from '../commands.ts';
import { accountOf } from '../guard-routes.ts';
import { parser } from '../parse.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';
import { exportMeetingRoutes } from './export-meeting-routes.ts';
import { meetingKeepingRoutes } from './meeting-keeping-routes.ts';
import { meetingIdOf, meetingReadRoutes, type OfMeeting } from './meeting-read-routes.ts';
import { onMeeting, type OnMeeting } from './on-meeting.ts';

const parseCall = parser(CallMeetingRequest);
const parseSteer = parser(SteerMeetingRequest);
const parseEnd = parser(EndMeetingRequest);
const parseSeat = parser(TakeSeatRequest);
const parsePresent = parser(DeskPresentRequest);
const joining = rolesFor('join-meetings');

/** 会议. Called, steered by its chair alone, entered, ended by it or where it is gone; outside its region nobody learns of it. */
export function meetingRoutes(app: FastifyInstance, deps: RouteDeps): void {
  meetingReadRoutes(app, deps);
  meetingKeepingRoutes(app, deps);
  exportMeetingRoutes(app, deps);
  callRoute(app, deps);
  steerRoute(app, deps);
  endRoute(app, deps);
  seatRoute(app, deps);
  presentRoute(app, deps);
}

function callRoute(app: FastifyInstance, deps: RouteDeps): void {
  const rule = under({ action: 'hold-meetings', of: 'body', purpose: 'duty-watch' });
  app.post('/api/meetings', rule, async (request, reply) => {
    const asked = parseCall(request.body);
    const { accountId, login, roles, region } = accountOf(request);
    const run = { request, name: 'meeting.call', subject: `meeting:${asked.meetingId}`, asked };
    const result = await command(deps, run, async (client, change) => {
      const held = await countHeldMeetings(client, accountId);
      const ground = await readInvitationGround(client, { invite: asked.invite, joining });
      const decided = decideCall(asked, ground, { region, held, now: change.now });
      if (isRefusal(decided)) return decided;
      const { seats, notEquipped } = decided;
      const title = asked.title.trim();
      const startsAt = asked.startsAt === null ? change.now : Temporal.Instant.from(asked.startsAt);
      const isOpen = Temporal.Instant.compare(startsAt, change.now) <= 0;
      const chair = deskSeat(accountId);
      const { meetingId, kind } = asked;
      const control = openingControl(
        { meetingId, kind, region: asked.region, title, chair, isOpen },
        seats.map(({ seatId }) => seatId),
      );
      const refusal = await callMeeting(
        client,
        {
          ...asked,
          title,
          accountId,
          by: { login, roles: [...roles], region },
          startsAt,
          control,
          chair: { seatId: chair, region, name: login, role: 'main' },
          seats,
        },
        { change, keys: deps.media.told },
      );
      return refusal ?? { meetingId, seats: seats.length, leftOut: notEquipped };
    });
    return sendResult(reply, result);
  });
}

function steerRoute(app: FastifyInstance, deps: RouteDeps): void {
  const rule = under({ action: 'hold-meetings', of: 'scope', purpose: 'duty-watch' });
  app.post<OfMeeting>('/api/meetings/:meetingId/act', rule, async (request, reply) => {
    const asked = parseSteer(request.body);
    const result = await onMeeting(
      deps,
      { request, name: 'meeting.steer', asked },
      steer(asked.act),
    );
    return sendResult(reply, result);

    function steer(act: MeetingAct): OnMeeting<{ version: number }> {
      return async (client, held, change) => {
        const { accountId, region } = accountOf(request);
        const arriving = await readArriving(client, { act, held, region });
        if (isRefusal(arriving)) return arriving;
        const isSecond = act.act === 'open-roll-call' && act.ask === 'absent';
        const decided = decideSteer(held, act, {
          by: deskSeat(accountId),
          now: change.now,
          absent: isSecond ? await readAbsent(client, held.meetingId) : [],
          arriving,
        });
        if (isRefusal(decided)) return decided;
        const { control, seats } = decided;
        const refusal = await saveSteered(
          client,
          { held, steered: { control, seats, act } },
          { change, keys: deps.media.told },
        );
        return refusal ?? { version: control.version };
      };
    }
  });
}

/** The seats an `invite` would add, of villages alone; none for any other act. */
async function readArriving(
  client: Client,
  {
    act,
    held,
    region,
  }: { readonly act: MeetingAct; readonly held: HeldMeeting; readonly region: Region },
) {
  if (act.act !== 'invite') return [];
  const refusal = refuseOutside(held.region, act.regions);
  if (refusal !== null) return refusal;
  const ground = await readInvitationGround(client, { invite: act.regions, joining });
  return planCall({ region: held.region, withUpperVenues: false }, ground, region).seats;
}

function endRoute(app: FastifyInstance, deps: RouteDeps): void {
  const rule = under({ action: 'hold-meetings', of: 'scope', purpose: 'duty-watch' });
  app.post<OfMeeting>('/api/meetings/:meetingId/end', rule, async (request, reply) => {
    const asked = parseEnd(request.body ?? {});
    const run = { request, name: 'meeting.end', asked };
    const result = await onMeeting(deps, run, async (client, held, change) => {
      const { chairSeenAt } = held;
      const ground = { now: change.now, chairSeenAt, link: deps.media.link() };
      const decided = decideEnd(held, takerOf(request), ground);
      if (isRefusal(decided)) return decided;
      const control = evolveControl(held.control, { type: 'meeting.ended' });
      return (await endMeeting(client, { held, control, why: decided.why }, change)) ?? {};
    });
    return sendResult(reply, result);
  });
}

/** The key is signed again for a repeated command: it is kept nowhere. */
function seatRoute(app: FastifyInstance, deps: RouteDeps): void {
  const rule = under({ action: 'join-meetings', of: 'scope', purpose: 'duty-watch' });
  app.post<OfMeeting>('/api/meetings/:meetingId/seat', rule, async (request, reply) => {
    const asked = parseSeat(request.body ?? {});
    const { keys } = deps.media;
    const run = { request, name: 'meeting.seat', asked };
    const result = await onMeeting(deps, run, async (_, held) => {
      if (keys === null) return refuse('no-media', 'No media server belongs to this centre.');
      const seat = decideSeat(held, takerOf(request));
      return isRefusal(seat) ? seat : { ...seat, until: held.until };
    });
    if (isRefusal(result) || keys === null) return sendResult(reply, result);
    const meetingId = meetingIdOf(request.params);
    const key: SeatKeyReply = {
      seatId: result.seatId,
      mediaUrl: keys.mediaUrl,
      seatToken: keys.seatToken({ meetingId, ...result }),
    };
    return sendResult(reply, key);
  });
}

function presentRoute(app: FastifyInstance, deps: RouteDeps): void {
  const rule = under({ action: 'join-meetings', of: 'scope', purpose: 'duty-watch' });
  app.post<OfMeeting>('/api/meetings/:meetingId/present', rule, async (request, reply) => {
    const asked = parsePresent(request.body);
    const run = { request, name: 'meeting.present', asked };
    const result = await onMeeting(deps, run, async (client, held, change) => {
      const decided = decideDeskPresent(held, takerOf(request), asked.round);
      if (isRefusal(decided)) return decided;
      const { meetingId, region } = held;
      const answer = { meetingId, round: asked.round, seatId: decided.seatId };
      const found = await findUnanswered(client, answer);
      if (found === 'not-asked') return refuse('not-asked', 'That roll call does not ask you.');
      if (found === 'answered') return {}; // Told twice, it counts once.
      return (await noteDeskPresent(client, { region, ...answer }, change)) ?? {};
    });
    return sendResult(reply, result);
  });
}

function takerOf(request: FastifyRequest) {
  const { accountId, region } = accountOf(request);
  return { desk: deskSeat(accountId), region };
}
