import { Day, DutyPost, dutyVerdicts, ledgerDays } from '@sightline/contracts';
import type { LedgerCursor, LedgerDays, LedgerPage } from '@sightline/store';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { placeOf } from './guard-routes.ts';
import { parser } from './parse.ts';
import { BadRequest } from './problem.ts';

const parseDays = parser(Type.Object({ from: Day, to: Day }));
const parseFilter = parser(
  Type.Object({
    verdict: Type.Optional(Type.Union(dutyVerdicts.map((verdict) => Type.Literal(verdict)))),
    post: Type.Optional(DutyPost),
    after: Type.Optional(Type.String({ maxLength: 64 })),
  }),
);

/** Which days of which scope a request asks for. 400 on days that are none, or too many. */
export function ledgerDaysOf(request: FastifyRequest): LedgerDays {
  const { from, to } = parseDays(request.query);
  const [first, last] = [dateOf(from), dateOf(to)];
  const days = first.until(last, { largestUnit: 'days' }).days + 1;
  if (days < 1 || days > ledgerDays) {
    throw new BadRequest(
      400,
      'malformed',
      `${from} to ${to} is no period of 1 to ${ledgerDays} days.`,
    );
  }
  return { scope: placeOf(request).region, from, to };
}

/** The same with what narrows it. */
export function ledgerPageOf(request: FastifyRequest, limit: number): LedgerPage {
  const { verdict = null, post = null, after } = parseFilter(request.query);
  return { ...ledgerDaysOf(request), verdict, post, limit, after: cursorOf(after) };
}

const cursor = /^(\d{4}-\d{2}-\d{2}T[0-9:.]+Z)_(\d{12})_(lead|watch|standby)$/;

/** After which row a page begins. */
export function ledgerCursor({ startsAt, region, post }: LedgerCursor): string {
  return `${startsAt}_${region}_${post}`;
}

function cursorOf(text: string | undefined): LedgerCursor | null {
  if (text === undefined) return null;
  const [, startsAt, region, post] = cursor.exec(text) ?? [];
  if (startsAt !== undefined && region !== undefined) {
    if (post === 'lead' || post === 'watch' || post === 'standby')
      return { startsAt, region, post };
  }
  throw new BadRequest(400, 'malformed', `"${text}" is no cursor of a page.`);
}

function dateOf(day: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(day);
  } catch {
    throw new BadRequest(400, 'malformed', `"${day}" is no day.`);
  }
}
