import {
  isOpenChange,
  refuse,
  sidesOf,
  type FactData,
  type OwnShiftChange,
  type Refusal,
  type ShiftAnswer,
  type TerminalShiftChange,
} from '@sightline/contracts';
import type { WatchPost } from '#domain/decide-check-in.ts';

/** 本人答复 that was said at this terminal. */
export interface KnownAnswer {
  readonly changeId: string;
  readonly personId: string;
  readonly answer: ShiftAnswer;
  readonly at: string;
}

/** Somebody's answer to a request, by its id. */
export interface GivenAnswer {
  readonly changeId: string;
  readonly personId: string;
  readonly answer: ShiftAnswer;
}

export type AnswerDecision =
  | { readonly decision: 'record'; readonly data: FactData<'shift-change.answered'> }
  | { readonly decision: 'already' };

/**
 * 同意或不同意. Once a request and person, by one of its two people, as long as this terminal does not know
 * that it has ended. Asked again, what was said stands.
 */
export function decideAnswer(
  { changes, known }: ShiftChangesHere,
  { changeId, personId, answer }: GivenAnswer,
  { terminalId }: Pick<WatchPost, 'terminalId'>,
): AnswerDecision | Refusal {
  const change = changes.find(({ ask }) => ask.changeId === changeId);
  const isOfThem = change?.ask.personId === personId || change?.ask.otherId === personId;
  if (change === undefined || !isOfThem) {
    return refuse('no-such-change', 'This terminal has no such request that asks for your word.');
  }
  if (ownAnswer(change, personId, known) !== null) return { decision: 'already' };
  if (!isOpenChange(change.state)) {
    return refuse('change-ended', 'This request has been decided or withdrawn.');
  }
  return { decision: 'record', data: { changeId, personId, terminalId, answer, method: 'pin' } };
}

/** What the terminal was told of, and what was said here. */
export interface ShiftChangesHere {
  readonly changes: readonly TerminalShiftChange[];
  readonly known: readonly KnownAnswer[];
}

/** 我的换班: the requests of one person, as they were told of: newest first. */
export function ownChanges(
  { changes, known }: ShiftChangesHere,
  personId: string,
): OwnShiftChange[] {
  return changes
    .filter(({ ask }) => ask.personId === personId || ask.otherId === personId)
    .map((change) => ownChange(change, personId, known));
}

/** Whether a request waits for this person's own word. One that they asked for themselves does not. */
export function isAsked(here: ShiftChangesHere, personId: string): boolean {
  return ownChanges(here, personId).some(
    ({ state, own, isAsker }) => state === 'asked' && own === null && !isAsker,
  );
}

function ownChange(
  change: TerminalShiftChange,
  personId: string,
  known: readonly KnownAnswer[],
): OwnShiftChange {
  const { ask, askedAt, answers, state } = change;
  const { asker, asked } = sidesOf(ask);
  const isAsker = personId === asker;
  const own = ownAnswer(change, personId, known);
  const isCounted = answers.some((answer) => answer.personId === personId);
  return {
    ask,
    askedAt,
    state,
    isAsker,
    own:
      own === null
        ? null
        : { answer: own.answer, at: own.at, isLate: !isOpenChange(state) && !isCounted },
    isNoted: isAsker || isNotedAgreed(change, asked),
    other: ownAnswer(change, isAsker ? asked : asker, known)?.answer ?? null,
  };
}

/** The asked one agreed, and did not say so at a terminal that the centre has heard of: an officer noted it. */
function isNotedAgreed({ state, answers }: TerminalShiftChange, asked: string): boolean {
  if (state !== 'agreed' && state !== 'approved') return false;
  return !answers.some(({ personId }) => personId === asked);
}

/** What the centre counted comes first: it may have been said at another terminal of the village. */
function ownAnswer(
  { ask, answers }: TerminalShiftChange,
  personId: string,
  known: readonly KnownAnswer[],
): Pick<KnownAnswer, 'answer' | 'at'> | null {
  const counted = answers.find((answer) => answer.personId === personId);
  if (counted !== undefined) return counted;
  return known.find((said) => said.changeId === ask.changeId && said.personId === personId) ?? null;
}
