import Type, { type Static } from 'typebox';
import { uuidPattern } from '../fact.ts';
import { ShiftKey } from '../shift.ts';
import { Day, DutyPost, type DutySpan, type RosterSlot } from './duty.ts';
import type { Away } from './absence.ts';
import { rosterDaysPacked, type PackedRoster } from './pack-roster.ts';
import { DayKind, type CalendarDayView } from './roster-calendar.ts';
import type { RosterChange } from './roster-facts.ts';

/*
 * 值班表. HTTP of the roster. Everything that names people is read with a purpose and audited. What would
 * change a whole roster is tried first: the reply to `apply: false` carries a digest of what would
 * stand, and the same request with `apply: true` and that digest does exactly this or is refused.
 */

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });
/** A calendar month, 2026-11. */
export const Month = Type.String({ pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])$' });
/** A township or a village: what a whole roster is made for at once. */
const Township = Type.String({ pattern: '^([0-9]{9}|[0-9]{12})$' });
const Position = Type.Integer({ minimum: 0 });
/** SHA-256 of what would stand, base64url. */
export const RosterDigest = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });

/** 排班规则. How one post of a village is filled. */
export const RosterPattern = Type.Object(
  {
    /** 白班, 夜班, 全天 (one person, 24 hours), 白夜两班 (two people). */
    shifts: Type.Union([
      Type.Literal('day'),
      Type.Literal('night'),
      Type.Literal('full'),
      Type.Literal('day-and-night'),
    ]),
    /** The days on which the post is filled; on others nobody need be there. */
    dayKinds: Type.Array(DayKind, { minItems: 1, maxItems: 3, uniqueItems: true }),
    /** The next person each time, or each week from Monday on. */
    rotation: Type.Union([Type.Literal('daily'), Type.Literal('weekly')]),
    /** Who may hold it, in the order of their turns; null = everybody of the village, as listed. */
    people: Type.Union([
      Type.Array(Uuid, { minItems: 1, maxItems: 20, uniqueItems: true }),
      Type.Null(),
    ]),
  },
  closed,
);
export type RosterPattern = Static<typeof RosterPattern>;

/** The posts a village fills; one that is missing is not filled there. */
export type RosterPatterns = Readonly<Partial<Record<DutyPost, RosterPattern>>>;

/** GET /api/roster-patterns?region=&purpose=&after= (audited): a page of villages by code, also those without any. */
export interface VillagePatterns {
  readonly region: string;
  readonly patterns: RosterPatterns;
}

const PatternOrNone = Type.Optional(Type.Union([RosterPattern, Type.Null()]));

/**
 * POST /api/roster-patterns → {villages}: for a village, or for every village of a township (then
 * `people` is null). A post given as null is no longer filled; one left out stays as it is.
 */
export const SetPatternsRequest = Type.Object(
  {
    region: Township,
    posts: Type.Object(
      { lead: PatternOrNone, watch: PatternOrNone, standby: PatternOrNone },
      closed,
    ),
  },
  closed,
);
export type SetPatternsRequest = Static<typeof SetPatternsRequest>;

export interface NamedPerson {
  readonly personId: string;
  readonly name: string;
}

export interface RosterPersonView extends NamedPerson {
  /** 职务. */
  readonly title: string;
  /** False: no longer on the village's list, but still in a slot of this month. */
  readonly isActive: boolean;
}

/** A duty as JSON: instants ISO. */
export interface DutyView {
  readonly post: DutyPost;
  readonly day: Day;
  readonly span: DutySpan;
  readonly personId: string;
  readonly fallbackId: string | null;
  readonly from: string;
  /** Exclusive. */
  readonly to: string;
}

/** GET /api/villages/:region/roster?month=&purpose= (audited). */
export interface VillageRosterView {
  readonly region: string;
  readonly month: string;
  readonly days: readonly CalendarDayView[];
  /** The active ones as listed, then those who left but still stand in a slot. */
  readonly people: readonly RosterPersonView[];
  readonly slots: readonly RosterSlot[];
  readonly duties: readonly DutyView[];
  readonly patterns: RosterPatterns;
  /** Who is away on days of this month, as approved. */
  readonly away: readonly Away[];
  /** Of the roster's last change: what an edit was based on. 0 = none yet. */
  readonly position: number;
  /** The change an undo would take back; null = there is none to take back. */
  readonly undo: { readonly why: RosterChange; readonly at: string } | null;
}

/** GET /api/rosters?region=&month=&after= (a page of villages by code; names nobody). */
export interface RosterMonthLine {
  readonly region: string;
  /** Shifts × posts its patterns ask for in that month, and how many of these somebody holds. */
  readonly required: number;
  readonly covered: number;
  /** Those that nobody holds. */
  readonly gaps: number;
  /** Slots whose person stands on two posts at once, or more than 24 hours in a row. */
  readonly doubles: number;
  /** Slots held by somebody who is no longer on the list. */
  readonly left: number;
  /** Slots held by somebody who is away then. */
  readonly away: number;
}

/** How many shifts × posts a day asks for, and how many of these nobody holds. */
export interface RosterDayCount {
  readonly required: number;
  readonly gaps: number;
}

/** Days of one `RosterDaysLine`: two weeks. */
export const rosterDaysShown = 14;

/** GET /api/rosters/days?region=&from=&after= (a page of villages by code; names nobody): 14 days from `from` on. */
export interface RosterDaysLine {
  readonly region: string;
  readonly days: readonly RosterDayCount[];
}

/** GET /api/rosters/day?region=&day=&purpose=&after= (audited, a page of villages by code): who is on duty on a day. */
export interface RosterDayLine {
  readonly region: string;
  readonly duties: readonly DutyView[];
  readonly people: readonly NamedPerson[];
  /** Those of them, and others of the village, who are away that day. */
  readonly away: readonly string[];
}

const dayRange = {
  from: Day,
  days: Type.Integer({ minimum: 1, maximum: rosterDaysPacked }),
};

/**
 * POST /api/rosters/generate → GenerateReply: the days' roster of a village, or of all of a township, by
 * its patterns. Shifts that have begun stay as they are.
 */
export const GenerateRequest = Type.Object(
  {
    region: Township,
    ...dayRange,
    /** `fill`: only where nobody stands; `replace`: everything the patterns speak of. */
    mode: Type.Union([Type.Literal('fill'), Type.Literal('replace')]),
    apply: Type.Boolean(),
    /** Of the try before; needed to apply. */
    digest: Type.Optional(RosterDigest),
  },
  closed,
);
export type GenerateRequest = Static<typeof GenerateRequest>;

export interface GeneratedVillage {
  readonly region: string;
  /** Slots that would be another person's, or nobody's, than now. */
  readonly changed: number;
  /** Slots the pattern asks for that nobody can hold. */
  readonly gaps: number;
  /** What would stand (`unpackRoster`). */
  readonly roster: PackedRoster;
}

export interface GenerateReply {
  readonly applied: boolean;
  readonly digest: string;
  /** Those with a pattern; a village without any is left alone. */
  readonly villages: readonly GeneratedVillage[];
}

/** One slot as it shall be; null = nobody. */
export const SlotEdit = Type.Object(
  {
    post: DutyPost,
    shift: ShiftKey,
    personId: Type.Union([Uuid, Type.Null()]),
    fallbackId: Type.Union([Uuid, Type.Null()]),
  },
  closed,
);
export type SlotEdit = Static<typeof SlotEdit>;

/**
 * POST /api/villages/:region/roster/edit → {position}. Refused: `conflict` (somebody was faster: look
 * again), `shift-is-over`, `person-not-on-list`, `two-posts` (the person stands on another post then).
 */
export const EditRosterRequest = Type.Object(
  {
    position: Position,
    slots: Type.Array(SlotEdit, { minItems: 1, maxItems: 2 * rosterDaysPacked }),
  },
  closed,
);
export type EditRosterRequest = Static<typeof EditRosterRequest>;

/** POST /api/villages/:region/roster/undo → {position}: the last change, shifts that are over apart. */
export const UndoRosterRequest = Type.Object({ position: Position }, closed);

/** 空岗, 一人两岗, 连续值守超过 24 小时, 人员已停用, 人员外出. */
export const rosterTroubleKinds = ['gap', 'two-posts', 'too-long', 'left', 'away'] as const;
export type RosterTroubleKind = (typeof rosterTroubleKinds)[number];

/** GET /api/roster-troubles?region=&purpose=&after= (audited): of the next 30 days, soonest first. */
export interface RosterTroubleView {
  readonly region: string;
  readonly kind: RosterTroubleKind;
  readonly post: DutyPost;
  readonly shift: string;
  /** Who stands there; null = nobody (a gap). */
  readonly person: NamedPerson | null;
  /** Somebody of the village who is free then; null = nobody is. */
  readonly proposed: NamedPerson | null;
}

/**
 * GET /api/export/rosters.xlsx?region=&month=&purpose= (audited): a sheet a village, a row a day; of a
 * township or village.
 *
 * POST /api/rosters/import?region=&apply=false|true&digest= with such a workbook as its body (`workbookType`)
 * → RosterImportReply. Sheets of villages outside the scope are not read.
 */
export interface RosterImportFault {
  /** Of the workbook; null = the whole file. */
  readonly sheet: string | null;
  /** Row of the sheet as Excel counts them; null = the whole sheet. */
  readonly row: number | null;
  /** 表头. What stands above the column; null = the whole row. */
  readonly header: string | null;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface RosterImportReply extends GenerateReply {
  /** With any, nothing can be applied and `villages` is empty. */
  readonly faults: readonly RosterImportFault[];
}
