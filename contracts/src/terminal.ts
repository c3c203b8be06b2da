import Type, { type Static } from 'typebox';
import { complaintLimits } from './complaint.ts';
import { Reading, TerminalComplaints } from './complaint-api.ts';
import { TerminalCourses } from './course/terminal-course.ts';
import { DeviceHealth } from './device-health.ts';
import { instantPattern, terminalIdPattern, uuidPattern } from './fact.ts';
import { regionPattern } from './region-path.ts';
import { TerminalMeetings } from './meeting/terminal-meeting.ts';
import { PackedRoster } from './watch/pack-roster.ts';
import { TerminalAppeals } from './watch/terminal-appeal.ts';
import { TerminalChecks } from './watch/terminal-check.ts';
import { TerminalNotices } from './watch/terminal-notice.ts';
import { TerminalAbsences } from './watch/terminal-absence.ts';
import { TerminalShiftChanges } from './watch/terminal-shift-change.ts';

const Instant = Type.String({ pattern: instantPattern });

export const peoplePerVillage = 20;

/** 心跳. Telemetry: QoS 0, unsigned, never in the log. */
export const Beat = Type.Object(
  {
    v: Type.Literal(1),
    at: Instant,
    uptimeMs: Type.Integer({ minimum: 0 }),
    waiting: Type.Integer({ minimum: 0 }),
    oldestWaitingAt: Type.Union([Instant, Type.Null()]),
    deadLetters: Type.Integer({ minimum: 0 }),
    desiredVersion: Type.Integer({ minimum: 0 }),
    camera: Type.Union([
      Type.Literal('ready'),
      Type.Literal('absent'),
      Type.Literal('busy'),
      Type.Literal('failed'),
    ]),
    version: Type.String({ maxLength: 32 }),
    /** Absent from a simulated terminal, which has no machine of its own. */
    device: Type.Optional(DeviceHealth),
  },
  { additionalProperties: false },
);
export type Beat = Static<typeof Beat>;

/** A cadre of the village, as its terminal needs to know them. */
export const RosterPerson = Type.Object({
  personId: Type.String({ pattern: uuidPattern }),
  name: Type.String({ minLength: 1, maxLength: 64 }),
  post: Type.String({ maxLength: 64 }),
  /** Consent was withdrawn at the console: no template of this person may stand here. */
  faceWithdrawn: Type.Optional(Type.Literal(true)),
});
export type RosterPerson = Static<typeof RosterPerson>;

export const GrantPurpose = Type.Union([Type.Literal('enrol-face'), Type.Literal('set-pin')]);
export type GrantPurpose = Static<typeof GrantPurpose>;

/**
 * A second person vouches: an 8-digit code from the console, for one person and purpose, 10 minutes.
 * `codeHash` = base64url(SHA-256(`${salt}\n${code}`)).
 */
export const Grant = Type.Object({
  grantId: Type.String({ pattern: uuidPattern }),
  personId: Type.String({ pattern: uuidPattern }),
  purpose: GrantPurpose,
  salt: Type.String({ maxLength: 64 }),
  codeHash: Type.String({ maxLength: 64 }),
  expiresAt: Instant,
});
export type Grant = Static<typeof Grant>;

/** 期望状态. What should be at a terminal; a database row published on subscribe and on change. */
export const Desired = Type.Object({
  v: Type.Literal(1),
  terminalId: Type.String({ pattern: terminalIdPattern }),
  version: Type.Integer({ minimum: 1 }),
  region: Type.String({ pattern: regionPattern }),
  /** Names down the path: county, township, village. */
  placeNames: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 4 }),
  people: Type.Array(RosterPerson, { maxItems: peoplePerVillage }),
  settings: Type.Object({
    faceEnabled: Type.Boolean(),
    /** True on a demo installation: every page says the people are synthetic. */
    demo: Type.Boolean(),
  }),
  grants: Type.Array(Grant, { maxItems: 40 }),
  /** 值班表 from yesterday on; absent where the village has none. */
  roster: Type.Optional(PackedRoster),
  /** 在岗抽查, newest first; absent where the village was never checked. */
  checks: Type.Optional(TerminalChecks),
  /** 通知, newest first; absent where the village was never sent one. */
  notices: Type.Optional(TerminalNotices),
  /** 会议 that are planned, ringing or open; absent where none is. */
  meetings: Type.Optional(TerminalMeetings),
  /** 换班, 请假, 顶班 of its people, newest first; absent where there was none. */
  shiftChanges: Type.Optional(TerminalShiftChanges),
  /** 外出 of its people, newest first; absent where nobody was away. */
  absences: Type.Optional(TerminalAbsences),
  /** 申诉 of its people, newest first; absent where there was none. */
  appeals: Type.Optional(TerminalAppeals),
  /** 课程, assigned last first; absent where the village was never assigned one. */
  courses: Type.Optional(TerminalCourses),
  complaints: Type.Optional(TerminalComplaints),
  /** 谁查看过, newest first; shown to each person after their own PIN. */
  readings: Type.Optional(Type.Array(Reading, { maxItems: complaintLimits.readingsPerTerminal })),
});
export type Desired = Static<typeof Desired>;

/** POST {broker http}/enrol. Refusals are problem+json with a `detail` that says what to do. */
export const EnrolRequest = Type.Object(
  {
    code: Type.String({ minLength: 8, maxLength: 32 }),
    /** SPKI DER, base64url. */
    publicKey: Type.String({ maxLength: 256 }),
    /** Signature over `enrolText`, r‖s base64url: proof of possession. */
    proof: Type.String({ maxLength: 128 }),
    version: Type.String({ maxLength: 32 }),
  },
  { additionalProperties: false },
);
export type EnrolRequest = Static<typeof EnrolRequest>;

export const EnrolReply = Type.Object({
  terminalId: Type.String({ pattern: terminalIdPattern }),
  region: Type.String({ pattern: regionPattern }),
  source: Type.String(),
  simulated: Type.Boolean(),
});
export type EnrolReply = Static<typeof EnrolReply>;

/** POST {broker http}/nonce. MQTT CONNECT: clientId = username = source, password = `${nonce}.${sig}`. */
export const NonceRequest = Type.Object(
  { source: Type.String({ maxLength: 64 }) },
  { additionalProperties: false },
);
export const NonceReply = Type.Object({ nonce: Type.String(), expiresInMs: Type.Integer() });
export type NonceReply = Static<typeof NonceReply>;
