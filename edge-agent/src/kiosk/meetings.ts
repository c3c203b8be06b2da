import {
  isRefusal,
  meetingStream,
  refuse,
  type KioskResult,
  type Refusal,
  type TerminalMeeting,
} from '@sightline/contracts';
import type { Recognised } from '#domain/decide-check-in.ts';
import {
  decideMeetingAnswer,
  decidePresent,
  knownOf,
  noSuchMeeting,
  phaseOf,
  postOf,
  type GivenAnswer,
  type KnownMeeting,
} from '#domain/meeting.ts';
import { proveByPin } from '#kiosk/check-in.ts';
import type { MeetingAnswerBody, MeetingPinBody, RemoteLeaveBody } from '#kiosk/meeting-routes.ts';
import { provePin } from '#kiosk/prove-pin.ts';
import { placeOf, type WatchParts, type WatchPlace } from '#kiosk/watch-parts.ts';

interface Found {
  readonly place: WatchPlace;
  readonly meeting: TerminalMeeting;
  readonly known: KnownMeeting | null;
}

/** 已振铃. The first time a page showed it while it rang. */
export async function showMeeting(parts: WatchParts, meetingId: string): Promise<Refusal | null> {
  const found = findMeeting(parts, meetingId);
  if (isRefusal(found)) return found;
  const { place, meeting, known } = found;
  if (known !== null && known.rungAt !== null) return null;
  if (phaseOf(meeting, known, timeOf(parts, place)) !== 'ringing') return null;
  const fact = await parts.terminal.record({
    stream: meetingStream(place.region, meetingId),
    type: 'meeting.rung',
    actor: `terminal:${place.terminalId}`,
    data: { ...postOf(place), meetingId },
    reading: place.reading,
  });
  if (isRefusal(fact)) return fact;
  parts.records.meetings.note(meeting, { at: fact.at, rung: true });
  return null;
}

/** 应答 or 拒接. Null = it is on disk. */
export async function answerMeeting(
  parts: WatchParts,
  { meetingId, answer, how }: MeetingAnswerBody,
): Promise<Refusal | null> {
  const found = findMeeting(parts, meetingId);
  if (isRefusal(found)) return found;
  const { place, meeting, known } = found;
  const given: GivenAnswer = { answer, how };
  const { meetings } = parts.records;
  const decision = decideMeetingAnswer({ meeting, known }, given, {
    post: place,
    time: timeOf(parts, place),
    opening: {
      isAllowed: meetings.leave()?.isAllowed ?? false,
      isShut: meetings.shutter().isShut,
    },
  });
  if (isRefusal(decision)) return decision;
  if (decision.decision === 'already') return null;
  const fact = await parts.terminal.record({
    stream: meetingStream(place.region, meetingId),
    type: 'meeting.answered',
    actor: `terminal:${place.terminalId}`,
    data: decision.data,
    reading: place.reading,
  });
  if (isRefusal(fact)) return fact;
  meetings.note(meeting, { at: fact.at, answer: given });
  return null;
}

/** 点名应答. The result is said only when the fact is on disk. */
export async function sayPresent(
  parts: WatchParts,
  { meetingId, round }: { readonly meetingId: string; readonly round: number },
  by: Recognised | 'button',
): Promise<KioskResult | Refusal> {
  const found = findMeeting(parts, meetingId);
  if (isRefusal(found)) return found;
  const { place, meeting, known } = found;
  const decision = decidePresent({ meeting, known }, round, { by, post: place });
  if (isRefusal(decision)) return decision;
  const personId = by === 'button' ? null : by.personId;
  const method = by === 'button' ? by : by.method;
  const result = { outcome: 'meeting-present', meetingId, round, personId, method } as const;
  if (decision.decision === 'already') return { ...result, at: decision.at, waiting: false };
  const fact = await parts.terminal.record({
    stream: meetingStream(place.region, meetingId),
    type: 'meeting.present',
    actor: personId === null ? `terminal:${place.terminalId}` : `person:${personId}`,
    data: decision.data,
    reading: place.reading,
  });
  if (isRefusal(fact)) return fact;
  parts.records.meetings.note(meeting, { at: fact.at, round });
  const waiting = parts.terminal.state().link.state === 'down';
  return { ...result, at: fact.at, waiting };
}

/** By the PIN, with a witness or without. */
export async function sayPresentByPin(
  parts: WatchParts,
  request: MeetingPinBody,
): Promise<KioskResult | Refusal> {
  const proved = await proveByPin(parts, request);
  return isRefusal(proved) ? proved : sayPresent(parts, request, proved);
}

/**
 * 远程开启许可. Given by somebody's PIN, and in force when its fact is on disk; ended by a touch, and at
 * once: its fact is told as soon as it can be.
 */
export async function setRemoteLeave(
  parts: WatchParts,
  { own }: RemoteLeaveBody,
): Promise<Refusal | null> {
  const { meetings } = parts.records;
  if (own === undefined) {
    const standing = meetings.leave();
    if (standing === null || !standing.isAllowed) return null;
    const { at } = parts.terminal.clock.now();
    meetings.setLeave({ ...standing, at, isAllowed: false, isTold: false });
    return tellLeave(parts);
  }
  const place = await provePin(parts, own);
  if (isRefusal(place)) return place;
  const { personId } = own;
  const fact = await recordLeave(parts, place, { personId, isAllowed: true });
  if (isRefusal(fact)) return fact;
  meetings.setLeave({ personId, at: fact.at, isAllowed: true, isTold: true });
  return null;
}

/** Whether the end of a leave was not told yet. */
export function owesLeave({ records }: Pick<WatchParts, 'records'>): boolean {
  return records.meetings.leave()?.isTold === false;
}

/** Tells what is owed of it; a fall between keeping and noting says it twice. */
export async function tellLeave(parts: WatchParts): Promise<Refusal | null> {
  const { meetings } = parts.records;
  const standing = meetings.leave();
  if (standing === null || standing.isTold) return null;
  const place = placeOf(parts);
  if (isRefusal(place)) return place;
  const fact = await recordLeave(parts, place, standing);
  if (isRefusal(fact)) return fact;
  meetings.setLeave({ ...standing, isTold: true });
  return null;
}

/** 遮板. Shut it is shut at once, whatever else goes on. */
export function setShutter({ terminal, records }: WatchParts, isShut: boolean): null {
  records.meetings.setShutter(isShut, terminal.clock.now().at);
  return null;
}

function recordLeave(
  { terminal }: WatchParts,
  place: WatchPlace,
  { personId, isAllowed }: { readonly personId: string; readonly isAllowed: boolean },
) {
  const { terminalId, region, reading } = place;
  return terminal.record({
    stream: `terminal/${region}/${terminalId}`,
    type: 'meeting.auto-answer-set',
    actor: isAllowed ? `person:${personId}` : `terminal:${terminalId}`,
    data: { ...postOf(place), isAllowed, personId },
    reading,
  });
}

function findMeeting(parts: WatchParts, meetingId: string): Found | Refusal {
  const place = placeOf(parts);
  if (isRefusal(place)) return place;
  const meeting = parts.terminal.desired()?.meetings?.find((one) => one.meetingId === meetingId);
  if (meeting === undefined) return noSuchMeeting();
  return { place, meeting, known: knownOf(parts.records.meetings.known(), meetingId) };
}

function timeOf({ terminal }: WatchParts, { now }: WatchPlace) {
  return { now, isCertain: terminal.state().clockCertain };
}

/** A face is not looked at while the shutter is shut, and a meeting only for a round that is open. */
export function mayLook({ records }: Pick<WatchParts, 'records'>): Refusal | null {
  return records.meetings.shutter().isShut
    ? refuse('shutter-shut', 'The shutter is shut. Open it here first, or use the PIN.')
    : null;
}
