import { Day, dutyPosts, Month, rosterTroubleKinds } from '@sightline/contracts';
import type { TroubleCursor } from '@sightline/store';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { parser } from './parse.ts';
import { BadRequest } from './problem.ts';

const parseMonth = parser(Type.Object({ month: Month }));
const parseDay = parser(Type.Object({ day: Day }));
const parseFrom = parser(Type.Object({ from: Day }));

/** `?month=2026-11` of a request. */
export function monthOf(request: FastifyRequest): string {
  return parseMonth(request.query).month;
}

/** `?day=2026-11-23` of a request: a day that the calendar has. */
export function dayOf(request: FastifyRequest): string {
  const { day } = parseDay(request.query);
  requireDay(day);
  return day;
}

/** `?from=2026-11-23` of a request: the first of some days. */
export function firstDayOf(request: FastifyRequest): string {
  const { from } = parseFrom(request.query);
  requireDay(from);
  return from;
}

/** Throws a 400 for a day such as 2026-02-30. */
export function requireDay(day: string): void {
  try {
    Temporal.PlainDate.from(day, { overflow: 'reject' });
  } catch (cause) {
    const wrong = new BadRequest(400, 'malformed', `"${day}" is no day of the calendar.`);
    wrong.cause = cause;
    throw wrong;
  }
}

/** A cursor that is a village code; null = the first page. */
export function parseVillageCursor(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (/^[0-9]{12}$/.test(text)) return text;
  throw new BadRequest(400, 'malformed', `"${text}" is no cursor of a page.`);
}

const troubleCursor =
  /^(\d{4}-\d{2}-\d{2}\/(?:day|night))_(\d{12})_(lead|watch|standby)_([a-z-]+)$/;

/** Where a page of roster troubles goes on; null = the first page. */
export function parseTroubleCursor(text: string | undefined): TroubleCursor | null {
  if (text === undefined) return null;
  const [, shift = '', region = '', post, kind] = troubleCursor.exec(text) ?? [];
  const known = {
    post: dutyPosts.find((each) => each === post),
    kind: rosterTroubleKinds.find((each) => each === kind),
  };
  if (known.post !== undefined && known.kind !== undefined) {
    return { shift, region, post: known.post, kind: known.kind };
  }
  throw new BadRequest(400, 'malformed', `"${text}" is no cursor of a page.`);
}
