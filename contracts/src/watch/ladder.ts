import Type, { type Static } from 'typebox';
import { instantPattern, uuidPattern } from '../fact.ts';
import { regionPattern } from '../region-path.ts';
import { DutyPost } from './duty.ts';
import type { NamedPerson } from './roster-api.ts';

/*
 * 逐级提醒: whom a duty nobody came to is told, one after another, and how it got there.
 */

const closed = { additionalProperties: false } as const;
const Uuid = Type.String({ pattern: uuidPattern });
const Time = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' });
const Minutes = Type.Integer({ minimum: 1, maximum: 1_440 });

/** 提醒本人, 通知备班, 报乡镇, 报县级. In the order they are climbed. */
export const Rung = Type.Union([
  Type.Literal('remind'),
  Type.Literal('fallback'),
  Type.Literal('township'),
  Type.Literal('county'),
]);
export type Rung = Static<typeof Rung>;

export const rungs: readonly Rung[] = ['remind', 'fallback', 'township', 'county'];

/** 提醒规则 of a prefecture or a county; the nearest one above a village holds there. */
export const LadderRule = Type.Object(
  {
    isOn: Type.Boolean(),
    /** Minutes after the duty began. */
    afterMinutes: Type.Object(
      { remind: Minutes, fallback: Minutes, township: Minutes, county: Minutes },
      closed,
    ),
    /** 免打扰, Asia/Shanghai; from later than to = over midnight. Null = none. */
    quiet: Type.Union([Type.Object({ from: Time, to: Time }, closed), Type.Null()]),
    /** Rungs that wait for the end of the quiet hours. */
    quietRungs: Type.Array(Rung, { maxItems: 4, uniqueItems: true }),
    /** 须全员确认: an acknowledgement holds the ladder only when everyone of that rung gave one. */
    everyoneMustAnswer: Type.Boolean(),
    /** Who acknowledged has so long before the next rung is told. */
    holdMinutes: Minutes,
    posts: Type.Array(DutyPost, { minItems: 1, maxItems: 3, uniqueItems: true }),
  },
  closed,
);
export type LadderRule = Static<typeof LadderRule>;

/** What holds where nobody wrote a rule. */
export const defaultLadderRule: LadderRule = {
  isOn: true,
  afterMinutes: { remind: 15, fallback: 30, township: 45, county: 120 },
  quiet: { from: '22:30', to: '06:30' },
  quietRungs: ['county'],
  everyoneMustAnswer: false,
  holdMinutes: 60,
  posts: ['lead', 'watch'],
};

/** Why a ladder is climbed: nobody came; the village is not heard, so nobody knows; nobody was put there (空岗). */
export const LadderCause = Type.Union([
  Type.Literal('absent'),
  Type.Literal('unheard'),
  Type.Literal('gap'),
]);
export type LadderCause = Static<typeof LadderCause>;

/** The duty a ladder stands on: 540235100201.watch.2026-11-27.day */
export const LadderSubject = Type.String({
  pattern: '^[0-9]{12}\\.(lead|watch|standby)\\.[0-9]{4}-[0-9]{2}-[0-9]{2}\\.(day|night|full)$',
});

export const ladderFactData = {
  /** 已提醒: so many were told about that duty. Who they are stands beside the log. */
  'ladder.climbed': Type.Object(
    {
      subject: LadderSubject,
      rung: Rung,
      cause: LadderCause,
      asked: Type.Integer({ minimum: 0, maximum: 1_000 }),
    },
    closed,
  ),
  /** 已确认: somebody of that rung has it. */
  'ladder.acknowledged': Type.Object({ subject: LadderSubject, rung: Rung }, closed),
} as const;

/** 通知渠道. The console's own list; e-mail; SMS by a gateway; a webhook of the installation. */
export type NotificationChannel = 'console' | 'email' | 'sms' | 'webhook';

/** 送达状态. `unreachable`: nobody wrote down where to send it, or the installation has no such way. */
export type DeliveryState = 'waiting' | 'sent' | 'failed' | 'unreachable';

/** GET /api/notifications?before= : those for the account that asks, newest first. */
export interface NotificationLine {
  readonly notificationId: string;
  readonly rung: Rung;
  readonly cause: LadderCause;
  readonly madeAt: string;
  readonly acknowledgedAt: string | null;
  /** The duties it is about, at most 50 of them, and how many there are. */
  readonly duties: readonly DutyName[];
  readonly dutyCount: number;
}

export interface DutyName {
  readonly subject: string;
  readonly region: string;
  readonly post: DutyPost;
  readonly day: string;
  readonly span: 'day' | 'night' | 'full';
}

/** GET /api/ladders?region=&purpose= : duties that began and nobody came to, oldest first. */
export interface LadderView extends DutyName {
  readonly from: string;
  readonly to: string;
  readonly cause: LadderCause;
  /** Null = a gap: the roster names nobody. */
  readonly holder: NamedPerson | null;
  /** Of a gap, who is proposed; null = nobody was named, or could come. */
  readonly fallback: NamedPerson | null;
  readonly state: LadderStanding;
  /** When the next rung is told, unless something happens; null = no further one. */
  readonly nextAt: string | null;
  readonly steps: readonly LadderStepView[];
}

/** Waits for its time; for the end of the quiet hours; held by an acknowledgement; everyone was told. */
export type LadderStanding = 'waiting' | 'quiet' | 'held' | 'exhausted';

export interface LadderStepView {
  readonly rung: Rung;
  readonly at: string;
  readonly asked: number;
  readonly acknowledged: number;
  /** One a message: by which channel, and how far it came. */
  readonly deliveries: readonly DeliveryView[];
}

export interface DeliveryView {
  readonly channel: NotificationChannel;
  readonly state: DeliveryState;
  readonly at: string;
  readonly attempts: number;
  /** What the other side said; a code of ours where nothing was sent. */
  readonly detail: string | null;
}

/** POST /api/ladders/acknowledge: on somebody's word, or for oneself. */
export const AcknowledgeRequest = Type.Object(
  { region: Type.String({ pattern: regionPattern }), subject: LadderSubject, rung: Rung },
  closed,
);

/** POST /api/ladder-rules; rule null = the one above holds again. */
export const LadderRuleRequest = Type.Object(
  {
    region: Type.String({ pattern: regionPattern }),
    rule: Type.Union([LadderRule, Type.Null()]),
  },
  closed,
);

/** GET /api/ladder-rules?region= */
export interface LadderRuleView {
  readonly rule: LadderRule;
  /** Where it was written; null = nowhere, it is the default. */
  readonly writtenAt: string | null;
  /** What this installation can send by, beside the console. */
  readonly channels: readonly NotificationChannel[];
}

/** POST /api/contact-points: where somebody is told; address null = nowhere any more. */
export const ContactPointRequest = Type.Object(
  {
    region: Type.String({ pattern: regionPattern }),
    /** A person of that village; null = the account that asks. */
    personId: Type.Union([Uuid, Type.Null()]),
    channel: Type.Union([Type.Literal('email'), Type.Literal('sms')]),
    address: Type.Union([Type.String({ minLength: 3, maxLength: 254 }), Type.Null()]),
  },
  closed,
);

/** GET /api/contact-points?region=&personId=&purpose= : covered, never whole. */
export interface ContactPointView {
  readonly channel: 'email' | 'sms';
  readonly masked: string;
}

/** What a webhook and an SMS gateway are sent, as JSON; no name stands in it. */
export const OutsideMessage = Type.Object(
  {
    /** The same at a repetition: whoever takes it may drop the second. */
    notificationId: Uuid,
    at: Type.String({ pattern: instantPattern }),
    rung: Rung,
    cause: LadderCause,
    regions: Type.Array(Type.String({ pattern: regionPattern }), { maxItems: 2_000 }),
    text: Type.String({ maxLength: 4_000 }),
    /** SMS alone. */
    to: Type.Optional(Type.String({ maxLength: 254 })),
  },
  closed,
);
export type OutsideMessage = Static<typeof OutsideMessage>;
