import {
  isRegion,
  isWithin,
  meetingLimits,
  uuidPattern,
  type MeetingLine,
  type MeetingPlan,
  type MeetingVenue,
  type MeetingView,
  type Page,
  type RecordingView,
  type Region,
  type RollCallAnswer,
} from '@sightline/contracts';
import {
  findMeetingRegion,
  listMeetings,
  readInvitationGround,
  readMeeting,
  readRecording,
  readRollCallAnswers,
  readVenues,
} from '@sightline/store';
import type { FastifyInstance } from 'fastify';
import { rolesFor } from '#domain/access.ts';
import { planCall, refuseOutside } from '#domain/meeting/decide-call.ts';
import { isKnownTo } from '#domain/meeting/take-seat.ts';
import { viewVenues } from '#domain/meeting/view-venues.ts';
import { limits } from '#limits.ts';
import { mediaLimits } from '#media/link-limits.ts';
import { audited } from '../audited.ts';
import { accountOf, placeOf } from '../guard-routes.ts';
import { parseCursor } from '../page.ts';
import { BadRequest } from '../problem.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';

export interface OfMeeting {
  readonly Params: { readonly meetingId: string };
}

interface Asked {
  readonly Querystring: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Meetings as they are, each where the asker's region knows of it; names and recordings are audited. */
export function meetingReadRoutes(app: FastifyInstance, deps: RouteDeps): void {
  planRoute(app, deps);
  listRoute(app, deps);
  oneRoute(app, deps);
  venuesRoute(app, deps);
  rollCallsRoute(app, deps);
  recordingRoute(app, deps);
}

/** Whom an invitation would reach, before anybody is called. */
function planRoute(app: FastifyInstance, { store, media }: RouteDeps): void {
  app.get<Asked>(
    '/api/meetings/plan',
    under({ action: 'hold-meetings', of: 'scope' }),
    async (request): Promise<MeetingPlan> => {
      const { region } = placeOf(request);
      const invite = regionsOf(request.query['invite'], region);
      const refusal = refuseOutside(region, invite);
      if (refusal !== null) throw new BadRequest(400, refusal.code, refusal.detail);
      const withUpperVenues = request.query['withUpperVenues'] === 'true';
      const ground = await readInvitationGround(store.pool, {
        invite,
        joining: rolesFor('join-meetings'),
      });
      const own = accountOf(request).region;
      const { seats, notEquipped, autoAnswer } = planCall({ region, withUpperVenues }, ground, own);
      return { seats: seats.length, notEquipped, autoAnswer, media: media.health() };
    },
  );
}

const invitedMaximum = 50;

/** `?invite=a&invite=b` or `?invite=a,b`; the region itself where none is named. */
function regionsOf(
  asked: string | readonly string[] | undefined,
  region: Region,
): readonly Region[] {
  const named = [asked ?? []].flat().flatMap((each) => each.split(','));
  const regions = [...new Set(named)];
  if (regions.length === 0) return [region];
  if (regions.length <= invitedMaximum && regions.every((each) => isRegion(each))) return regions;
  throw new BadRequest(400, 'malformed', `?invite= names 1 to ${invitedMaximum} region codes.`);
}

function listRoute(app: FastifyInstance, { store }: RouteDeps): void {
  app.get<{ readonly Querystring: { readonly before?: string } }>(
    '/api/meetings',
    under({ action: 'see-meetings', of: 'scope' }),
    async (request): Promise<Page<MeetingLine>> => {
      const before = parseCursor(request.query.before);
      const page = { scope: placeOf(request).region, limit: limits.pageRows + 1, before };
      const { running, over } = await listMeetings(store.pool, page);
      const shown = over.slice(0, limits.pageRows);
      const last = shown.at(-1);
      const hasNext = over.length > limits.pageRows && last !== undefined;
      return {
        items: [...running, ...shown],
        next: hasNext ? `${last.calledAt}_${last.meetingId}` : null,
      };
    },
  );
}

function oneRoute(app: FastifyInstance, { store, media }: RouteDeps): void {
  app.get<OfMeeting>(
    '/api/meetings/:meetingId',
    under({ action: 'see-meetings', of: 'scope' }),
    async (request): Promise<MeetingView> => {
      const meetingId = meetingIdOf(request.params);
      const asked = { meetingId, scope: placeOf(request).region };
      const view = await readMeeting(store.pool, asked, { lines: meetingLimits.lines });
      if (view === null) return noSuchMeeting(meetingId);
      return { ...view, link: media.link(), media: media.health() };
    },
  );
}

// Asked every second or two while a meeting runs: reads by key, and no name in them.
function venuesRoute(app: FastifyInstance, deps: RouteDeps): void {
  const { store, now } = deps;
  app.get<OfMeeting>(
    '/api/meetings/:meetingId/venues',
    under({ action: 'see-meetings', of: 'scope' }),
    async (request): Promise<readonly MeetingVenue[]> => {
      const meetingId = meetingIdOf(request.params);
      const { region: scope } = placeOf(request);
      await knownRegion(deps, { meetingId, scope });
      return viewVenues(await readVenues(store.pool, { meetingId, scope }), now());
    },
  );
}

/** 点名结果, by name: of the asker's own part of a wider meeting. */
function rollCallsRoute(app: FastifyInstance, deps: RouteDeps): void {
  app.get<OfMeeting>(
    '/api/meetings/:meetingId/roll-calls',
    under({ action: 'see-meetings', of: 'scope', purpose: 'asked' }),
    async (request): Promise<readonly RollCallAnswer[]> => {
      const meetingId = meetingIdOf(request.params);
      const { region: scope } = placeOf(request);
      await knownRegion(deps, { meetingId, scope });
      const subject = `meeting:${meetingId}`;
      const receipt = await audited(deps, request, { what: 'meeting.roll-calls', subject });
      return readRollCallAnswers(deps.store.pool, receipt, { meetingId, scope });
    },
  );
}

/**
 * 录像; null = nothing was recorded. Everybody of the meeting is seen in it, so it is for whose region holds
 * them all.
 */
function recordingRoute(app: FastifyInstance, deps: RouteDeps): void {
  app.get<OfMeeting & { readonly Querystring: { readonly recordingId?: string } }>(
    '/api/meetings/:meetingId/recording',
    under({ action: 'see-meetings', of: 'scope', purpose: 'asked' }),
    async (request, reply) => {
      const meetingId = meetingIdOf(request.params);
      const { region: scope } = placeOf(request);
      const region = await knownRegion(deps, { meetingId, scope });
      const { recordingId = null } = request.query;
      const { keys } = deps.media;
      if (!isWithin(region, scope)) {
        throw new BadRequest(403, 'outside-scope', `It shows villages outside ${scope}.`);
      }
      if (recordingId !== null && !uuid.test(recordingId)) {
        throw new BadRequest(400, 'malformed', '?recordingId= is no id.');
      }
      const subject = `meeting:${meetingId}`;
      const receipt = await audited(deps, request, { what: 'meeting.recording', subject });
      const asked = { meetingId, recordingId };
      const found = await readRecording(deps.store.pool, receipt, asked);
      if (found === null || keys === null) return reply.type('application/json').send('null');
      const end = deps.now().add({ minutes: mediaLimits.recordingMinutes });
      const until = Math.floor(end.epochMilliseconds / 1_000);
      const token = keys.recordingToken({ meetingId, recordingId: found.recordingId, until });
      const view: RecordingView = { ...found, mediaUrl: keys.mediaUrl, token };
      return view;
    },
  );
}

/** The meeting's own region; 404 where the scope knows of none. */
export async function knownRegion(
  { store }: RouteDeps,
  { meetingId, scope }: { readonly meetingId: string; readonly scope: Region },
): Promise<Region> {
  const region = await findMeetingRegion(store.pool, meetingId);
  return region !== null && isKnownTo(scope, region) ? region : noSuchMeeting(meetingId);
}

const uuid = new RegExp(uuidPattern);

export function meetingIdOf({ meetingId }: OfMeeting['Params']): string {
  return uuid.test(meetingId) ? meetingId : noSuchMeeting(meetingId);
}

export function noSuchMeeting(meetingId: string): never {
  throw new BadRequest(404, 'no-such-meeting', `There is no meeting ${meetingId} there.`);
}
