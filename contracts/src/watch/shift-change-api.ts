import Type, { type Static } from 'typebox';
import { uuidPattern } from '../fact.ts';
import { Day, DutyPost } from './duty.ts';
import type { NamedPerson } from './roster-api.ts';

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });
const Village = Type.String({ pattern: '^[0-9]{12}$' });

/** 换班, 请假, 顶班. */
export const ShiftChangeKind = Type.Union([
  Type.Literal('swap'),
  Type.Literal('leave'),
  Type.Literal('take-over'),
]);
export type ShiftChangeKind = Static<typeof ShiftChangeKind>;

/** 待对方同意, 待批准, 已批准, 未批准, 已撤回. */
export const ShiftChangeState = Type.Union([
  Type.Literal('asked'),
  Type.Literal('agreed'),
  Type.Literal('approved'),
  Type.Literal('refused'),
  Type.Literal('withdrawn'),
  /** 本人不同意: one of the two said no at the terminal. It can be refused or withdrawn, not approved. */
  Type.Literal('declined'),
]);
export type ShiftChangeState = Static<typeof ShiftChangeState>;

/** A duty by its place: the 24 hours, or one of its two shifts. */
export const DutyPlace = Type.Object(
  {
    post: DutyPost,
    day: Day,
    span: Type.Union([Type.Literal('day'), Type.Literal('night'), Type.Literal('full')]),
  },
  closed,
);
export type DutyPlace = Static<typeof DutyPlace>;

/** How somebody gave their word: at the kiosk themselves, or to the officer at the console. */
export const SaidBy = Type.Union([Type.Literal('console'), Type.Literal('kiosk')]);
export type SaidBy = Static<typeof SaidBy>;

/** 同意, 不同意: what one of the two says at the terminal. */
export const ShiftAnswerWord = Type.Union([Type.Literal('agreed'), Type.Literal('declined')]);
export type ShiftAnswer = Static<typeof ShiftAnswerWord>;

const asked = {
  changeId: Uuid,
  /** Who holds the duty. */
  personId: Uuid,
  duty: DutyPlace,
  /** Who would stand there instead. */
  otherId: Uuid,
};

/**
 * What is asked for. `swap`: each takes the other's duty; `leave`: the other one stands in; `take-over`:
 * the other one stands there from now on, and it is approved afterwards.
 */
export const ShiftChangeAsk = Type.Union([
  Type.Object({ kind: Type.Literal('swap'), ...asked, otherDuty: DutyPlace }, closed),
  Type.Object({ kind: Type.Literal('leave'), ...asked }, closed),
  Type.Object({ kind: Type.Literal('take-over'), ...asked }, closed),
]);
export type ShiftChangeAsk = Static<typeof ShiftChangeAsk>;

/** POST /api/shift-changes → {changeId, state}; the page makes the id. Whoever asks gave their word at the console. */
export const AskShiftChangeRequest = Type.Object({ region: Village, ask: ShiftChangeAsk }, closed);
export type AskShiftChangeRequest = Static<typeof AskShiftChangeRequest>;

/** POST /api/shift-changes/:changeId/agree → {changeId, state}: the other side gave its word. */
export const AgreeShiftChangeRequest = Type.Object({}, closed);

/** 批准, 不批准, 撤回. */
export const ShiftDecisionWord = Type.Union([
  Type.Literal('approved'),
  Type.Literal('refused'),
  Type.Literal('withdrawn'),
]);
export type ShiftDecision = Static<typeof ShiftDecisionWord>;

/**
 * POST /api/shift-changes/:changeId/decide → {changeId, state}. `approved` or `refused` by another account
 * than asked; `withdrawn` by the one that asked.
 */
export const DecideShiftChangeRequest = Type.Object({ decision: ShiftDecisionWord }, closed);

/** 本人答复 at the village's terminal. */
export interface ShiftChangeWord {
  readonly personId: string;
  readonly answer: ShiftAnswer;
  readonly method: 'pin';
  /** By the terminal's clock, and when the centre had it. */
  readonly at: string;
  readonly receivedAt: string;
  readonly terminalId: string;
  /** It came after the request had ended: it is kept, and changed nothing. */
  readonly isLate: boolean;
}

/** GET /api/shift-changes?region=&show=open|all&before=&purpose= (audited): newest first. */
export interface ShiftChangeView {
  readonly changeId: string;
  readonly region: string;
  readonly kind: ShiftChangeKind;
  readonly state: ShiftChangeState;
  readonly person: NamedPerson;
  readonly duty: DutyPlace;
  readonly other: NamedPerson;
  readonly otherDuty: DutyPlace | null;
  readonly askedAt: string;
  /** Logins; null = no account of the centre. */
  readonly askedBy: string | null;
  readonly askedSaidBy: SaidBy;
  readonly agreedAt: string | null;
  readonly agreedBy: string | null;
  readonly agreedSaidBy: SaidBy | null;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  /** What the two said themselves, each once. */
  readonly words: readonly ShiftChangeWord[];
  /** The caller asked for it: may withdraw it, may not approve it. */
  readonly isOwn: boolean;
  /** The caller is one of the two, or asked under another account: may not decide it. */
  readonly isOwnMatter: boolean;
}
