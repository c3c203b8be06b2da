import type { AuditFilter } from '@sightline/store';
import { BadRequest } from './problem.ts';

const word = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const day = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The filter of a request for audit rows: `?who=&what=&purpose=&from=&to=`, the last two days of the
 * villages' calendar, both included. Throws a 400 for what can be none of these.
 */
export function auditFilterOf(query: unknown): AuditFilter {
  // The query of any route is an object of texts or lists of them.
  const asked = query as Readonly<Record<string, unknown>>;
  const { who, what, purpose } = asked;
  return {
    ...(who === undefined ? {} : { who: matching(word, who) }),
    ...(what === undefined ? {} : { what: matching(word, what) }),
    ...(purpose === undefined ? {} : { purpose: matching(word, purpose) }),
    ...(asked['from'] === undefined ? {} : { since: dayStart(asked['from'], 0) }),
    ...(asked['to'] === undefined ? {} : { until: dayStart(asked['to'], 1) }),
  };
}

function matching(pattern: RegExp, value: unknown): string {
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw new BadRequest(400, 'malformed', `"${String(value)}" is nothing to look for in the audit.`);
}

function dayStart(value: unknown, daysAfter: number): string {
  const text = matching(day, value);
  try {
    const start = Temporal.PlainDate.from(text).add({ days: daysAfter });
    return start.toZonedDateTime('Asia/Shanghai').toInstant().toString();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new BadRequest(400, 'malformed', `"${text}" is no day.`);
  }
}
