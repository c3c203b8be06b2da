import { createHash } from 'node:crypto';
import {
  isRefusal,
  meetingStream,
  venueSeat,
  type Desired,
  type Fact,
  type Refusal,
  type TerminalMeeting,
} from '@sightline/contracts';
import type { RecordDraft, Terminal } from '@sightline/edge-agent';
import { seededRandom } from '#demo/random.ts';

/** What a simulated village makes of one invitation, in milliseconds after it rang. */
export interface MeetingReply {
  /** Null: nobody touches the screen. */
  readonly afterMs: number | null;
  readonly answer: 'accepted' | 'declined';
}

/** What it makes of one round of a roll call. */
export interface RollCallReply {
  /** After it was told; null: absent. */
  readonly afterMs: number | null;
  /** By PIN, where somebody of the village is known; else by button. */
  readonly byPin: boolean;
  /** Of the village's people, 0 ≤ n < 1. */
  readonly person: number;
}

const shareNobodyAnswers = 0.05;
const shareDeclines = 0.02;
const slowestAnswerMs = 25_000;
/** Some meetings find few villages there, some many. */
const shareAbsent = { least: 0.04, most: 0.24 };
const sharePin = 0.6;
const slowestPresentMs = 15_000;

const randomOf = (...words: readonly (string | number)[]) =>
  seededRandom(createHash('sha256').update(words.join(' ')).digest().readUInt32LE());

/** The same village answers the same meeting the same way on every machine; most accept. */
export function planMeetingReply(region: string, meetingId: string): MeetingReply {
  const random = randomOf(region, meetingId);
  const isNobody = random() < shareNobodyAnswers;
  const answer = random() < shareDeclines ? 'declined' : 'accepted';
  const afterMs = isNobody ? null : Math.round(1_000 + slowestAnswerMs * random() ** 2);
  return { afterMs, answer };
}

/** Who is absent from one round may be there at the next. */
export function planRollCallReply(
  region: string,
  { meetingId, round }: { readonly meetingId: string; readonly round: number },
): RollCallReply {
  const random = randomOf(region, meetingId, round);
  const { least, most } = shareAbsent;
  const isAbsent = random() < least + (most - least) * randomOf(meetingId)();
  const byPin = random() < sharePin;
  const afterMs = isAbsent ? null : Math.round(1_000 + slowestPresentMs * random() ** 2);
  return { afterMs, byPin, person: random() };
}

export interface MeetingPlans {
  readonly meeting: typeof planMeetingReply;
  readonly rollCall: typeof planRollCallReply;
}

const farMs = 20 * 86_400_000;

/** A simulator that starts again has forgotten what it said; what is older was said before. */
const forgottenMs = 3_600_000;
const lookAgainMs = 1_000;

/** What every fact of a village about a meeting has. */
interface AtMeeting {
  readonly stream: string;
  readonly actor: string;
  readonly data: {
    readonly meetingId: string;
    readonly terminalId: string;
    readonly simulated: true;
  };
}

/** 模拟会场. What stands behind a simulated terminal's kiosk: it rings, somebody answers, and roll calls. */
export class VillageMeetings {
  readonly #region: string;
  readonly #terminal: Terminal;
  /** Meetings and rounds taken up; bounded by what a desired document names. */
  readonly #taken = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #onFault: (error: unknown) => void;
  readonly #unlisten: () => void;
  readonly #plans: MeetingPlans;
  #again: NodeJS.Timeout | null = null;

  constructor(
    region: string,
    terminal: Terminal,
    {
      onFault,
      plans = { meeting: planMeetingReply, rollCall: planRollCallReply },
    }: { readonly onFault: (error: unknown) => void; readonly plans?: MeetingPlans },
  ) {
    this.#region = region;
    this.#terminal = terminal;
    this.#onFault = onFault;
    this.#plans = plans;
    this.#unlisten = terminal.onChange(() => this.#look());
    this.#look();
  }

  [Symbol.dispose](): void {
    this.#unlisten();
    for (const timer of this.#timers) clearTimeout(timer);
    if (this.#again !== null) clearTimeout(this.#again);
  }

  #look(): void {
    const desired = this.#terminal.desired();
    // Whether it rings is told by the server's time: it is heard with the first acknowledgement.
    if (desired?.meetings === undefined) return;
    if (!this.#terminal.state().clockCertain) return this.#lookLater();
    const told = new Set(
      desired.meetings.flatMap(({ meetingId, rollCall }) =>
        rollCall === null ? [meetingId] : [meetingId, `${meetingId} ${rollCall.round}`],
      ),
    );
    for (const key of this.#taken) if (!told.has(key)) this.#taken.delete(key);
    for (const meeting of desired.meetings) {
      if (meeting.isOver) continue;
      this.#meet(meeting);
      this.#answerRollCall(meeting, desired);
    }
  }

  /** A clock becomes certain without a word. */
  #lookLater(): void {
    this.#again ??= setTimeout(() => {
      this.#again = null;
      this.#look();
    }, lookAgainMs);
  }

  #meet(meeting: TerminalMeeting): void {
    const { meetingId } = meeting;
    if (this.#taken.has(meetingId)) return;
    this.#taken.add(meetingId);
    if (this.#msUntil(meeting.calledAt) < -forgottenMs) return;
    const startsInMs = Math.max(0, this.#msUntil(meeting.startsAt));
    if (startsInMs > farMs) return; // No timer waits so long.
    this.#later(startsInMs, meetingId, async () => {
      if (this.#msUntil(meeting.ringUntil) <= 0) return;
      await this.#record(meetingId, (at) => ({ ...at, type: 'meeting.rung', data: at.data }));
      const { afterMs, answer } = this.#plans.meeting(this.#region, meetingId);
      if (afterMs === null) return;
      this.#later(afterMs, meetingId, () =>
        this.#record(meetingId, (at) => ({
          ...at,
          type: 'meeting.answered',
          data: { ...at.data, answer, how: 'touch' },
        })),
      );
    });
  }

  #answerRollCall({ meetingId, rollCall }: TerminalMeeting, desired: Desired): void {
    if (rollCall === null || !rollCall.isOpen) return;
    const { round, asked } = rollCall;
    const key = `${meetingId} ${round}`;
    if (this.#taken.has(key)) return;
    this.#taken.add(key);
    const isAsked = asked === null || asked.includes(venueSeat(this.#region));
    const { afterMs, byPin, person } = this.#plans.rollCall(this.#region, { meetingId, round });
    if (!isAsked || afterMs === null || this.#msUntil(rollCall.until) <= 0) return;
    const who = desired.people[Math.floor(person * desired.people.length)]?.personId ?? null;
    this.#later(afterMs, key, async () => {
      if (this.#msUntil(rollCall.until) <= 0) return;
      await this.#record(meetingId, (at) => {
        const data = { ...at.data, round };
        const type = 'meeting.present';
        if (!byPin || who === null) return { ...at, type, data: { ...data, method: 'button' } };
        const actor = `person:${who}`;
        return { ...at, actor, type, data: { ...data, method: 'pin', personId: who } };
      });
    });
  }

  /** Unless the meeting left the document, or ended, meanwhile. */
  #later(ms: number, key: string, work: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      const [meetingId = ''] = key.split(' ');
      const meetings = this.#terminal.desired()?.meetings ?? [];
      const isStanding = meetings.some((one) => one.meetingId === meetingId && !one.isOver);
      if (isStanding) work().catch(this.#onFault);
    }, ms);
    this.#timers.add(timer);
  }

  async #record(meetingId: string, draftOf: (at: AtMeeting) => RecordDraft): Promise<void> {
    const { terminalId } = this.#terminal.state();
    if (terminalId === null) return;
    const kept: Fact | Refusal = await this.#terminal.record(
      draftOf({
        stream: meetingStream(this.#region, meetingId),
        actor: `terminal:${terminalId}`,
        data: { meetingId, terminalId, simulated: true },
      }),
    );
    if (isRefusal(kept)) throw new Error(`${this.#region} could not keep a fact: ${kept.code}.`);
  }

  /** By the terminal's own clock; below zero = past. */
  #msUntil(instant: string): number {
    const now = Temporal.Instant.from(this.#terminal.clock.now().at);
    return now.until(Temporal.Instant.from(instant)).total('milliseconds');
  }
}
