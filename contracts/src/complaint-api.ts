import Type, { type Static } from 'typebox';
import { complaintLimits } from './complaint.ts';
import { instantPattern, uuidPattern } from './fact.ts';
import { regionPattern } from './region-path.ts';
import type { AccountRole } from './roles.ts';
import { SealedText } from './sealed-text.ts';

/*
 * 意见与投诉, and 谁查看过: what crosses between pages, centre and terminals. A complaint's id is made by
 * the page that raises it, so that a repetition is harmless.
 */

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });
const Instant = Type.String({ pattern: instantPattern });

/** 建议, 投诉, 记录有误. */
export const ComplaintKind = Type.Union([
  Type.Literal('suggestion'),
  Type.Literal('complaint'),
  Type.Literal('wrong-record'),
]);
export type ComplaintKind = Static<typeof ComplaintKind>;

/** 常用语: for those who do not type. Pages say them in every language; the log holds the code. */
export const ComplaintSentence = Type.Union([
  Type.Literal('not-recognised'),
  Type.Literal('wrong-time'),
  Type.Literal('someone-else-checked-in'),
  Type.Literal('terminal-broken'),
  Type.Literal('nobody-answers'),
  Type.Literal('too-many-checks'),
  Type.Literal('looked-at-me'),
  Type.Literal('please-call'),
]);
export type ComplaintSentence = Static<typeof ComplaintSentence>;

/** 已收到, 已受理, 已答复, 再次提出. A reopened one is answered once more, and that is the end. */
export const ComplaintState = Type.Union([
  Type.Literal('received'),
  Type.Literal('taken-up'),
  Type.Literal('answered'),
  Type.Literal('reopened'),
]);
export type ComplaintState = Static<typeof ComplaintState>;

export type ComplaintOrigin = 'kiosk' | 'console' | 'screen';

const said = {
  kind: ComplaintKind,
  sentences: Type.Array(ComplaintSentence, {
    maxItems: complaintLimits.sentences,
    uniqueItems: true,
  }),
};
const written = {
  text: Type.String({ maxLength: complaintLimits.textChars }),
  /** How to reach the person; empty = they do not say who they are. */
  contact: Type.String({ maxLength: complaintLimits.contactChars }),
};

/** What is sealed of a complaint at a kiosk. */
export const WrittenText = Type.Object(written, closed);
export type WrittenText = Static<typeof WrittenText>;

/** What the data of `complaint.raised` is, from a kiosk (`terminalId`) or from a page of the centre. */
export const ComplaintRaised = Type.Object(
  {
    complaintId: Uuid,
    terminalId: Type.Optional(Type.String({ maxLength: 40 })),
    ...said,
    sealed: Type.Optional(SealedText),
    origin: Type.Union([Type.Literal('kiosk'), Type.Literal('console'), Type.Literal('screen')]),
  },
  closed,
);

/** POST /api/complaints, kiosk POST /api/complaint → ComplaintReceipt. Without an account of who it was. */
export const RaiseComplaintRequest = Type.Object(
  {
    complaintId: Uuid,
    ...said,
    ...written,
    /** Whom it is about, where that is an account of the centre; empty = nobody of it. */
    aboutLogin: Type.Optional(Type.String({ maxLength: 64 })),
  },
  closed,
);
export type RaiseComplaintRequest = Static<typeof RaiseComplaintRequest>;

export interface ComplaintReceipt {
  readonly complaintId: string;
  /** Nine digits. */
  readonly receipt: string;
  /** Days within which an answer is due; null = a kiosk that never met the centre does not know. */
  readonly answerDays: number | null;
}

/** POST /api/complaints/look-up, …/reopen → ComplaintStanding. */
export const ReceiptRequest = Type.Object(
  { receipt: Type.String({ pattern: '^[0-9]{9}$' }) },
  closed,
);

/** What whoever holds the receipt is told. */
export const ComplaintStanding = Type.Object({
  complaintId: Uuid,
  kind: ComplaintKind,
  /** `waiting` is a kiosk's own word: it has not heard of the centre yet. */
  state: Type.Union([...ComplaintState.anyOf, Type.Literal('waiting')]),
  raisedAt: Instant,
  /** Null = answered, or not at the centre yet. */
  dueAt: Type.Union([Instant, Type.Null()]),
  answers: Type.Array(
    Type.Object({
      at: Instant,
      text: Type.String({ maxLength: complaintLimits.answerChars }),
    }),
    { maxItems: 2 },
  ),
  mayReopen: Type.Boolean(),
});
export type ComplaintStanding = Static<typeof ComplaintStanding>;

/** 意见 in a terminal's desired document. */
export const TerminalComplaints = Type.Object({
  answerDays: Type.Integer({ minimum: 1, maximum: 365 }),
  /** Seals what is written; SPKI DER, base64url. */
  key: Type.Object({ keyId: Uuid, publicKey: Type.String({ maxLength: 128 }) }),
  standings: Type.Array(ComplaintStanding, { maxItems: complaintLimits.perTerminal }),
});
export type TerminalComplaints = Static<typeof TerminalComplaints>;

/** GET /api/complaints?region=&show=open|all&before=&purpose=complaint: those that wait, oldest first; all, newest first. */
export interface ComplaintLine {
  readonly complaintId: string;
  readonly region: string;
  readonly kind: ComplaintKind;
  readonly sentences: readonly ComplaintSentence[];
  readonly origin: ComplaintOrigin;
  readonly state: ComplaintState;
  readonly raisedAt: string;
  /** Null = answered. */
  readonly dueAt: string | null;
  /** There is a text to read. */
  readonly hasText: boolean;
}

/** GET /api/complaints/:complaintId?purpose=complaint (audited): with what was written. */
export interface ComplaintView extends ComplaintLine {
  readonly receipt: string;
  readonly terminalId: string | null;
  readonly text: string;
  /** Empty = none was given. */
  readonly contact: string;
  /** What was written is gone: after its time, or because its seal could not be opened. */
  readonly gone: 'erased' | 'unreadable' | null;
  readonly takenUpAt: string | null;
  readonly takenUpBy: string | null;
  readonly reopenedAt: string | null;
  readonly answers: readonly {
    readonly at: string;
    readonly text: string;
    readonly by: string | null;
  }[];
}

/** POST /api/complaints/:complaintId/take-up → {complaintId, state} */
export const TakeUpComplaintRequest = Type.Object({}, closed);

/** POST /api/complaints/:complaintId/answer → {complaintId, state} */
export const AnswerComplaintRequest = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: complaintLimits.answerChars }) },
  closed,
);

/**
 * 谁查看过. GET /api/people/:personId/readings?purpose=subject-request&before= (audited), newest first;
 * kiosk POST /api/readings with the person's own PIN, the newest twenty.
 */
export const Reading = Type.Object({
  at: Instant,
  /** Such as `people.read`. */
  what: Type.String({ maxLength: 64 }),
  /** Why, such as `duty-watch`. */
  purpose: Type.String({ maxLength: 32 }),
  /** Of the account that did it; null = no account: a screen, or the centre itself. */
  login: Type.Union([Type.String({ maxLength: 64 }), Type.Null()]),
  // One of AccountRole; a terminal older than a role shows its name.
  roles: Type.Array(Type.String({ maxLength: 32 }), { maxItems: 6 }),
  /** Where the account belongs: the length of the code is its level. Null = no account. */
  accountRegion: Type.Union([Type.String({ pattern: regionPattern }), Type.Null()]),
  /** Whom it was about; null = the names of the whole village. */
  personId: Type.Union([Uuid, Type.Null()]),
});
export type Reading = Static<typeof Reading>;

export interface ReadingView extends Reading {
  readonly seq: number;
  readonly roles: AccountRole[];
}
