import Type, { type Static } from 'typebox';
import { Day } from './duty.ts';

const closed = { additionalProperties: false } as const;

/** 工作日, 周末, 节假日. A make-up workday is a workday although it is a Saturday or Sunday. */
export const DayKind = Type.Union([
  Type.Literal('workday'),
  Type.Literal('weekend'),
  Type.Literal('holiday'),
]);
export type DayKind = Static<typeof DayKind>;

/** 藏历. The shape `formatTibetanDate` of look takes; computed, never used to decide anything by itself. */
export interface TibetanDay {
  readonly year: number;
  readonly month: number;
  readonly isLeapMonth: boolean;
  readonly day: number;
  readonly isLeapDay: boolean;
  readonly chinese: string;
}

export interface CalendarDayView {
  readonly day: Day;
  readonly kind: DayKind;
  /** 国庆节, 藏历新年; null = an ordinary day. A make-up workday bears the name of its holiday. */
  readonly name: string | null;
  readonly tibetan: TibetanDay | null;
}

/**
 * GET /api/roster-calendar?region=&month= : the days of a month as they count there. A county's own
 * days come before those of its prefecture.
 */
export interface CalendarView {
  /** Where its days come from, a prefecture or county: that of `region`. */
  readonly region: string;
  readonly month: string;
  readonly days: readonly CalendarDayView[];
  /** Days of that year are imported; without them only weekends are known. */
  readonly isImported: boolean;
}

/** 节假日与调休. One day that is not what its weekday says. */
export const CalendarRow = Type.Object(
  {
    day: Day,
    kind: Type.Union([Type.Literal('holiday'), Type.Literal('workday')]),
    name: Type.String({ minLength: 1, maxLength: 32 }),
  },
  closed,
);
export type CalendarRow = Static<typeof CalendarRow>;

const calendarOf = {
  /** A prefecture or county: 4 or 6 digits. */
  region: Type.String({ pattern: '^([0-9]{4}|[0-9]{6})$' }),
  year: Type.Integer({ minimum: 2020, maximum: 2050 }),
};

/**
 * POST /api/roster-calendar → {region, year, days}: replaces the days of that year there. `library`:
 * the state's holidays and make-up workdays as the program knows them (refusal `year-not-known` where
 * they were not announced), with so many days of the two new years: 藏历正月初一 and 十二月初一.
 */
export const ImportCalendarRequest = Type.Union([
  Type.Object(
    {
      ...calendarOf,
      source: Type.Literal('library'),
      festivalDays: Type.Integer({ minimum: 0, maximum: 7 }),
    },
    closed,
  ),
  Type.Object(
    {
      ...calendarOf,
      source: Type.Literal('rows'),
      days: Type.Array(CalendarRow, { maxItems: 120 }),
    },
    closed,
  ),
]);
export type ImportCalendarRequest = Static<typeof ImportCalendarRequest>;
