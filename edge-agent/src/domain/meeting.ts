import {
  refuse,
  venueSeat,
  type FactData,
  type KioskMeetingPhase,
  type Refusal,
  type TerminalMeeting,
} from '@sightline/contracts';
import { notOnTheList, type Recognised, type WatchPost } from '#domain/decide-check-in.ts';
import type { CheckTime } from '#domain/spot-check.ts';

/** What this terminal has already said of a meeting; null = not yet. */
export interface KnownMeeting {
  readonly meetingId: string;
  readonly rungAt: string | null;
  readonly answer: 'accepted' | 'declined' | null;
  readonly how: 'touch' | 'auto' | null;
  readonly answeredAt: string | null;
  /** The newest round of a roll call that was answered here; 0 = none. */
  readonly round: number;
  readonly roundAt: string | null;
}

/**
 * How a meeting stands here. Where the clock is not trusted nobody can say when it rings: it may be joined
 * until the centre says that it is over.
 */
export function phaseOf(
  meeting: TerminalMeeting,
  known: KnownMeeting | null,
  { now, isCertain }: CheckTime,
): KioskMeetingPhase {
  if (meeting.isOver) return 'over';
  if (!isCertain) return 'open';
  const isBefore = (instant: string) =>
    Temporal.Instant.compare(now, Temporal.Instant.from(instant)) < 0;
  if (!isBefore(meeting.until)) return 'over';
  if (isBefore(meeting.startsAt)) return 'planned';
  const isAnswered = known !== null && known.answer !== null;
  return isBefore(meeting.ringUntil) && !isAnswered ? 'ringing' : 'open';
}

/** Whether somebody here said yes to a meeting that goes on: only then may it see the camera. */
export function isJoined(
  meeting: TerminalMeeting,
  known: KnownMeeting | null,
  time: CheckTime,
): boolean {
  return known?.answer === 'accepted' && phaseOf(meeting, known, time) === 'open';
}

/** Of several that ring the one that was called last: somebody waits there now. */
export function ringingMeeting(
  meetings: readonly TerminalMeeting[],
  known: readonly KnownMeeting[],
  time: CheckTime,
): TerminalMeeting | null {
  return meetings
    .filter((meeting) => phaseOf(meeting, knownOf(known, meeting.meetingId), time) === 'ringing')
    .reduce<TerminalMeeting | null>(
      (last, one) => (last === null || one.calledAt > last.calledAt ? one : last),
      null,
    );
}

export function knownOf(known: readonly KnownMeeting[], meetingId: string): KnownMeeting | null {
  return known.find((one) => one.meetingId === meetingId) ?? null;
}

/** A meeting and what was said of it here; undefined = this terminal was told of none. */
export interface AskedMeeting {
  readonly meeting: TerminalMeeting | undefined;
  readonly known: KnownMeeting | null;
}

export type Decided<Data> =
  | { readonly decision: 'record'; readonly data: Data }
  | { readonly decision: 'already'; readonly at: string };

export interface GivenAnswer {
  readonly answer: 'accepted' | 'declined';
  readonly how: 'touch' | 'auto';
}

/** What lets a meeting open by itself, or does not. */
export interface OpeningRules {
  readonly isAllowed: boolean;
  readonly isShut: boolean;
}

/**
 * 应答 or 拒接. Told once; who declined may still come in, and then it is told that they did. By itself it
 * opens only when the caller asks for it, the village allows it and the shutter is open.
 */
export function decideMeetingAnswer(
  { meeting, known }: AskedMeeting,
  { answer, how }: GivenAnswer,
  place: { readonly post: WatchPost; readonly time: CheckTime; readonly opening: OpeningRules },
): Decided<FactData<'meeting.answered'>> | Refusal {
  if (meeting === undefined) return noSuchMeeting();
  const phase = phaseOf(meeting, known, place.time);
  if (phase === 'over') return refuse('meeting-over', 'This meeting is over.');
  if (phase === 'planned') return refuse('meeting-not-begun', 'This meeting has not begun yet.');
  if (how === 'auto') {
    const { isAllowed, isShut } = place.opening;
    if (!meeting.isRemoteOpening || !isAllowed || answer !== 'accepted') {
      return refuse('opening-not-allowed', 'This village does not allow opening from afar.');
    }
    if (isShut) return shutterShut();
  }
  const { answer: before = null, answeredAt = null } = known ?? {};
  if (answeredAt !== null && (before === answer || before === 'accepted')) {
    return { decision: 'already', at: answeredAt };
  }
  const data = { ...postOf(place.post), meetingId: meeting.meetingId, answer, how };
  return { decision: 'record', data };
}

/**
 * 点名应答. Once a round, by button, PIN, PIN with a witness, or face. One that comes after the end of the
 * round's time is kept too as long as the centre has not closed it: the centre says whether it is late.
 */
export function decidePresent(
  { meeting, known }: AskedMeeting,
  round: number,
  said: { readonly by: Recognised | 'button'; readonly post: WatchPost },
): Decided<FactData<'meeting.present'>> | Refusal {
  if (meeting === undefined) return noSuchMeeting();
  const { by, post } = said;
  const { rollCall } = meeting;
  if (meeting.isOver) return refuse('meeting-over', 'This meeting is over.');
  if (rollCall === null || !rollCall.isOpen || rollCall.round !== round) {
    return refuse('roll-call-over', 'This roll call is over. The chair may call again.');
  }
  if (rollCall.asked !== null && !rollCall.asked.includes(venueSeat(post.region))) {
    return refuse('roll-call-not-asked', 'This roll call does not ask this village.');
  }
  if (known !== null && known.round >= round && known.roundAt !== null) {
    return { decision: 'already', at: known.roundAt };
  }
  const common = { ...postOf(post), meetingId: meeting.meetingId, round };
  if (by === 'button') return { decision: 'record', data: { ...common, method: 'button' } };
  const isListed = (id: string) => post.people.some((person) => person.personId === id);
  if (!isListed(by.personId)) return notOnTheList();
  if (by.method === 'pin-witness' && (by.witnessId === by.personId || !isListed(by.witnessId))) {
    return notOnTheList();
  }
  return { decision: 'record', data: { ...common, ...by } };
}

export function noSuchMeeting(): Refusal {
  return refuse('no-such-meeting', 'This terminal knows of no such meeting.');
}

export function shutterShut(): Refusal {
  return refuse('shutter-shut', 'The shutter is shut. Open it here first.');
}

/** Which terminal says it. */
export function postOf({ terminalId, isSimulated }: Pick<WatchPost, 'terminalId' | 'isSimulated'>) {
  return { terminalId, ...(isSimulated ? ({ simulated: true } as const) : {}) };
}
