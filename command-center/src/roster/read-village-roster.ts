import type { CalendarDayView, Region, VillageRosterView } from '@sightline/contracts';
import {
  lastRosterChange,
  readAway,
  readCalendar,
  readPatterns,
  readRoster,
  rosterNames,
  rosterPeople,
  type AuditReceipt,
  type Queryable,
} from '@sightline/store';
import { daysOfMonth, knownDays } from '#domain/watch/day-kind.ts';
import { isUndoable } from '#domain/watch/undo-roster.ts';
import { dutyViews, peopleIn } from './duty-view.ts';
import { tibetanDays } from './state-calendar.ts';

export interface MonthOf {
  readonly region: Region;
  readonly month: string;
}

/** One village's roster of a month, with everything its page needs. */
export async function readVillageRoster(
  db: Queryable,
  receipt: AuditReceipt,
  { region, month }: MonthOf,
): Promise<VillageRosterView> {
  const days = await calendarDays(db, { region, month });
  const span = { scope: region, from: `${month}-01`, to: `${month}-${days.length}` };
  const stored = await readRoster(db, span);
  const slots = stored.map(({ region: _own, ...slot }) => slot);
  const listed = (await rosterPeople(db, region)).get(region) ?? [];
  const ids = [...new Set([...listed, ...peopleIn(slots)])];
  const patterns = (await readPatterns(db, region)).get(region) ?? {};
  const away = await readAway(db, { regions: [region], from: span.from, to: span.to });
  const last = await lastRosterChange(db, region);
  return {
    region,
    month,
    days,
    people: await rosterNames(db, receipt, { scope: region, ids }),
    slots,
    duties: dutyViews(slots),
    patterns,
    away: away.map(({ region: _own, ...each }) => each),
    position: last?.position ?? 0,
    undo: last !== null && isUndoable(last.why) ? { why: last.why, at: last.at } : null,
  };
}

/** The days of a month as they count there, with their Tibetan dates. */
export async function calendarDays(
  db: Queryable,
  { region, month }: MonthOf,
): Promise<CalendarDayView[]> {
  const span = daysOfMonth(month);
  const to = `${month}-${span.days}`;
  const rows = await readCalendar(db, { region, from: span.from, to });
  const tibetan = tibetanDays(span);
  return knownDays(span, rows).map((known, index) => ({
    ...known,
    tibetan: tibetan[index] ?? null,
  }));
}
