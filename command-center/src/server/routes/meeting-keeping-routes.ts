import {
  EraseMeetingRequest,
  HoldMeetingRequest,
  isRefusal,
  isWithin,
  refuse,
  type MeetingKeeping,
  type Refusal,
} from '@sightline/contracts';
import {
  eraseKept,
  placeHold,
  readKeeping,
  readKept,
  releaseHold,
  type HeldMeeting,
} from '@sightline/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { decideErase } from '#domain/retention/decide-erase.ts';
import { viewKeeping } from '#domain/retention/view-keeping.ts';
import { sendResult } from '../commands.ts';
import { accountOf, placeOf } from '../guard-routes.ts';
import { parser } from '../parse.ts';
import type { RouteDeps } from '../route-deps.ts';
import { under } from '../rule.ts';
import { knownRegion, meetingIdOf, type OfMeeting } from './meeting-read-routes.ts';
import { onMeeting } from './on-meeting.ts';

const parseErase = parser(EraseMeetingRequest);
const parseHold = parser(HoldMeetingRequest);

/** 留存: what is kept of a meeting and until when; erased before its time, held, released, each with its reason. */
export function meetingKeepingRoutes(app: FastifyInstance, deps: RouteDeps): void {
  keepingRoute(app, deps);
  eraseRoute(app, deps);
  holdRoute(app, deps, 'hold');
  holdRoute(app, deps, 'release');
}

function keepingRoute(app: FastifyInstance, deps: RouteDeps): void {
  app.get<OfMeeting>(
    '/api/meetings/:meetingId/keeping',
    under({ action: 'see-meetings', of: 'scope' }),
    async (request): Promise<MeetingKeeping> => {
      const meetingId = meetingIdOf(request.params);
      await knownRegion(deps, { meetingId, scope: placeOf(request).region });
      const keeping = await readKeeping(deps.store.pool, meetingId);
      return viewKeeping(keeping, deps.config.retentionDays);
    },
  );
}

const rule = under({ action: 'keep-records', of: 'scope', purpose: 'record-upkeep' });

function eraseRoute(app: FastifyInstance, deps: RouteDeps): void {
  app.post<OfMeeting>('/api/meetings/:meetingId/erase', rule, async (request, reply) => {
    const asked = parseErase(request.body);
    const { kind, reason } = asked;
    const run = { request, name: 'meeting.erase', asked };
    const result = await onMeeting(deps, run, async (client, held, change) => {
      const outside = refusePart(held, request) ?? refuseBlank(reason);
      if (outside !== null) return outside;
      const found = await readKept(client, { meetingId: held.meetingId, kind });
      const decided = decideErase(found, change.now);
      if (isRefusal(decided)) return decided;
      const { kept, afterDays } = decided;
      const { accountId } = accountOf(request);
      const erasure = { why: 'hand', afterDays, reason: reason.trim(), accountId } as const;
      return (await eraseKept(client, kept, { erasure, change })) ?? {};
    });
    return sendResult(reply, result);
  });
}

function holdRoute(app: FastifyInstance, deps: RouteDeps, what: 'hold' | 'release'): void {
  const change = { hold: placeHold, release: releaseHold }[what];
  app.post<OfMeeting>(`/api/meetings/:meetingId/${what}`, rule, async (request, reply) => {
    const asked = parseHold(request.body);
    const run = { request, name: `meeting.${what}`, asked };
    const result = await onMeeting(deps, run, async (client, held, { now }) => {
      const outside = refusePart(held, request) ?? refuseBlank(asked.reason);
      if (outside !== null) return outside;
      const { meetingId } = held;
      const { accountId } = accountOf(request);
      const act = { meetingId, accountId, reason: asked.reason.trim(), now };
      return (await change(client, act)) ?? {};
    });
    return sendResult(reply, result);
  });
}

/** Everybody of the meeting is concerned: it is for whose region holds them all. */
function refusePart({ region }: HeldMeeting, request: FastifyRequest): Refusal | null {
  const { region: scope } = placeOf(request);
  if (isWithin(region, scope)) return null;
  return refuse('outside-scope', `The meeting is of ${region}, wider than ${scope}.`);
}

function refuseBlank(reason: string): Refusal | null {
  return reason.trim() === '' ? refuse('no-reason', 'Say why.') : null;
}
