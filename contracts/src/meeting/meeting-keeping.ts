import Type, { type Static } from 'typebox';
import { uuidPattern } from '../fact.ts';

/** 会后留存: what a meeting leaves behind beside the facts of its attendance. */
export const keptKinds = ['recordings', 'decks', 'lines', 'title'] as const;
export type KeptKind = (typeof keptKinds)[number];
export const KeptKindName = Type.Enum(keptKinds);

/** Kinds whose files lie at the media server. */
export const filedKinds = ['recordings', 'decks'] as const satisfies readonly KeptKind[];

/** What a retention time is set for; `notes`: the own words of a spot check's order. */
export const retentionKinds = [...keptKinds, 'notes'] as const;
export type RetentionKind = (typeof retentionKinds)[number];
/** Whole days from the end. */
export type RetentionDays = Readonly<Record<RetentionKind, number>>;

export const keepingLimits = { reasonChars: 200 } as const;

const closed = { additionalProperties: false } as const;
const Reason = Type.String({ minLength: 1, maxLength: keepingLimits.reasonChars });

/** POST /api/meetings/:meetingId/erase?region= → {}: before its time, by an officer with the right. */
export const EraseMeetingRequest = Type.Object({ kind: KeptKindName, reason: Reason }, closed);
export type EraseMeetingRequest = Static<typeof EraseMeetingRequest>;

/** POST /api/meetings/:meetingId/hold?region= and …/release?region= → {} */
export const HoldMeetingRequest = Type.Object({ reason: Reason }, closed);

/** One kind of a meeting, as its page says it. */
export interface MeetingKept {
  readonly kind: KeptKind;
  /** It is erased then, unless it is held; null = the meeting is not over, or it was erased. */
  readonly until: string | null;
  readonly days: number;
  readonly erased: {
    readonly why: 'age' | 'hand';
    readonly afterDays: number;
    readonly reason: string | null;
    /** Login; null = by age. */
    readonly by: string | null;
    readonly decidedAt: string;
    /** null = the media server has not said yet that the files are gone. */
    readonly doneAt: string | null;
    readonly pieces: number | null;
  } | null;
}

export interface MeetingHold {
  readonly reason: string;
  readonly by: string;
  readonly placedAt: string;
}

/** GET /api/meetings/:meetingId/keeping?region= */
export interface MeetingKeeping {
  readonly kept: readonly MeetingKept[];
  /** 保全; null = none. */
  readonly hold: MeetingHold | null;
}

/** Centre → media: what lies there of a meeting goes. Answered when it is gone, or was never there. */
export const EraseFiles = Type.Object(
  { meetingId: Type.String({ pattern: uuidPattern }), kind: Type.Enum(filedKinds) },
  closed,
);
export type EraseFiles = Static<typeof EraseFiles>;
export const FilesErased = Type.Union([
  Type.Object({ ok: Type.Literal(true), files: Type.Integer({ minimum: 0 }) }, closed),
  Type.Object({ ok: Type.Literal(false), detail: Type.String({ maxLength: 400 }) }, closed),
]);
export type FilesErased = Static<typeof FilesErased>;
