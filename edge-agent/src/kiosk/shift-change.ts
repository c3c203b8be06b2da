import {
  isRefusal,
  shiftChangeStream,
  type KioskShiftAnswerRequest,
  type OwnShiftChange,
  type Refusal,
} from '@sightline/contracts';
import { decideAnswer, ownChanges, type ShiftChangesHere } from '#domain/shift-change.ts';
import { provePin } from '#kiosk/prove-pin.ts';
import type { WatchParts } from '#kiosk/watch-parts.ts';

/** What this terminal was told of shift changes, and what was said here. */
export function shiftChangesHere({
  terminal,
  records,
}: Pick<WatchParts, 'records'> & {
  readonly terminal: Pick<WatchParts['terminal'], 'desired'>;
}): ShiftChangesHere {
  return { changes: terminal.desired()?.shiftChanges ?? [], known: records.shiftAnswers() };
}

/**
 * 本人答复: agree or decline, after the own PIN, with or without the link. On disk before the person is told.
 * A terminal that falls between keeping and noting it may say it twice; the centre counts the first.
 */
export async function answerShiftChange(
  parts: WatchParts,
  { changeId, answer, ...own }: KioskShiftAnswerRequest,
): Promise<OwnShiftChange | Refusal> {
  const place = await provePin(parts, own);
  if (isRefusal(place)) return place;
  const { personId } = own;
  const decided = decideAnswer(shiftChangesHere(parts), { changeId, personId, answer }, place);
  if (isRefusal(decided)) return decided;
  if (decided.decision === 'record') {
    const fact = await parts.terminal.record({
      stream: shiftChangeStream(place.region, changeId),
      type: 'shift-change.answered',
      actor: `person:${personId}`,
      data: decided.data,
      reading: place.reading,
    });
    if (isRefusal(fact)) return fact;
    parts.records.noteShiftAnswer({ changeId, personId, answer, at: fact.at });
  }
  const after = ownChanges(shiftChangesHere(parts), personId);
  const change = after.find(({ ask }) => ask.changeId === changeId);
  if (change === undefined) throw new Error(`The request ${changeId} was there a moment ago.`);
  return change;
}
