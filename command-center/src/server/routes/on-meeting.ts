import type { Refusal } from '@sightline/contracts';
import { holdMeeting, type Client, type HeldMeeting, type RegisterChange } from '@sightline/store';
import type { FastifyRequest } from 'fastify';
import { isKnownTo } from '#domain/meeting/take-seat.ts';
import { command } from '../commands.ts';
import { placeOf } from '../guard-routes.ts';
import type { RouteDeps } from '../route-deps.ts';
import { meetingIdOf, noSuchMeeting, type OfMeeting } from './meeting-read-routes.ts';

export type OnMeeting<T> = (
  client: Client,
  held: HeldMeeting,
  change: RegisterChange,
) => Promise<T | Refusal>;

/** A command on the meeting of the path, locked; 404 where the caller's region knows of none. */
export function onMeeting<T extends Readonly<Record<string, unknown>>>(
  deps: RouteDeps,
  {
    request,
    ...run
  }: {
    readonly request: FastifyRequest<OfMeeting>;
    readonly name: string;
    readonly asked: unknown;
  },
  work: OnMeeting<T>,
): Promise<T | Refusal> {
  const meetingId = meetingIdOf(request.params);
  const { region: scope } = placeOf(request);
  const whole = { ...run, request, subject: `meeting:${meetingId}` };
  return command(deps, whole, async (client, change) => {
    const held = await holdMeeting(client, meetingId);
    if (held === null || !isKnownTo(scope, held.region)) return noSuchMeeting(meetingId);
    return work(client, held, change);
  });
}
