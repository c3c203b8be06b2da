import {
  isOpenChange,
  refuse,
  sidesOf,
  type Away,
  type FactData,
  type Refusal,
  type RosterSlot,
  type SaidBy,
  type ShiftChangeAsk,
  type ShiftChangeState,
  type ShiftDecision,
} from '@sightline/contracts';
import type { ShiftChangeFact } from './apply-shift-change.ts';
import { refuseOwnMatter, type Self } from './own-matter.ts';
import { refuseAsk } from './refuse-ask.ts';

/** 换班, 请假, 顶班. One request, as far as decisions rest on it. */
export interface ShiftChange {
  readonly ask: ShiftChangeAsk;
  readonly state: ShiftChangeState;
  /** The account that asked; another one approves. */
  readonly askedBy: string;
  /** Who said their word at a terminal: the first of each counts. */
  readonly words: readonly { readonly personId: string }[];
}

export type ShiftChangeCommand =
  | { readonly kind: 'ask'; readonly ask: ShiftChangeAsk; readonly saidBy: SaidBy }
  | { readonly kind: 'agree'; readonly saidBy: SaidBy }
  | { readonly kind: 'decide'; readonly decision: ShiftDecision };

/** 本人答复 of a terminal: it happened, and is not refused. Who it may be of, the projection holds. */
export interface ShiftChangeAnswer {
  readonly type: 'shift-change.answered';
  readonly data: Pick<FactData<'shift-change.answered'>, 'personId' | 'answer'>;
}

/** What is true when somebody decides. */
export interface ShiftChangeGround {
  readonly actor: string;
  /** Who that is. */
  readonly self: Self;
  readonly now: Temporal.Instant;
  /** The village's slots of the days the request speaks of. */
  readonly slots: readonly RosterSlot[];
  /** The active people of the village. */
  readonly people: readonly string[];
  /** Who is away on the days the request speaks of. */
  readonly away: readonly Away[];
}

/** What follows from a command, or why it does not. Null = nobody asked for such a change yet. */
export function decideShiftChange(
  change: ShiftChange | null,
  command: ShiftChangeCommand,
  ground: ShiftChangeGround,
): ShiftChangeFact | Refusal {
  if (command.kind === 'ask') {
    const { ask, saidBy } = command;
    if (change !== null) return refuse('asked-before', 'This request stands already.');
    return refuseAsk(ask, ground) ?? { type: 'shift-change.asked', data: { ask, saidBy } };
  }
  if (change === null) return refuse('no-such-change', 'There is no such request.');
  if (!isOpenChange(change.state)) {
    return refuse('already-decided', `This request is ${change.state}: it stays so.`);
  }
  const { changeId } = change.ask;
  if (command.kind === 'agree') {
    if (change.state === 'declined') return declined();
    if (change.state === 'agreed') return refuse('already-agreed', 'The other side has agreed.');
    return { type: 'shift-change.agreed', data: { changeId, saidBy: command.saidBy } };
  }
  const { decision } = command;
  return (
    refuseDecision(change, decision, ground) ?? {
      type: 'shift-change.decided',
      data: { changeId, decision },
    }
  );
}

function refuseDecision(
  { ask, state, askedBy }: ShiftChange,
  decision: ShiftDecision,
  ground: ShiftChangeGround,
): Refusal | null {
  const isOwn = ground.actor === askedBy;
  if (decision === 'withdrawn') {
    return isOwn ? null : refuse('not-the-asker', 'Only the account that asked may withdraw it.');
  }
  if (isOwn) return refuse('own-request', 'Another account than the one that asked decides this.');
  const matter = { people: [ask.personId, ask.otherId], actors: [askedBy] };
  const barred = refuseOwnMatter(ground.self, matter);
  if (barred !== null) return barred;
  if (decision === 'refused') return null;
  if (state === 'declined') return declined();
  if (state !== 'agreed') return refuse('not-agreed', 'The other side has not agreed yet.');
  // A take-over acted when it was asked for.
  return ask.kind === 'take-over' ? null : refuseAsk(ask, ground);
}

function declined(): Refusal {
  return refuse('declined-there', 'One of the two said no at the terminal: refuse or withdraw it.');
}

const stateOf = { 'shift-change.asked': 'asked', 'shift-change.agreed': 'agreed' } as const;

/** The request after a fact; what ended stays as it ended. */
export function evolveShiftChange(
  change: ShiftChange | null,
  fact: ShiftChangeFact | ShiftChangeAnswer,
  actor: string,
): ShiftChange {
  if (fact.type === 'shift-change.asked') {
    return change ?? { ask: fact.data.ask, state: 'asked', askedBy: actor, words: [] };
  }
  if (change === null) throw new Error(`${fact.type} came before anybody asked.`);
  if (fact.type === 'shift-change.answered') return afterAnswer(change, fact.data);
  if (!isOpenChange(change.state)) return change;
  const state = fact.type === 'shift-change.decided' ? fact.data.decision : stateOf[fact.type];
  return { ...change, state };
}

/** A no stands whoever says it, a yes counts where that side's word is missing; after the end neither does. */
function afterAnswer(
  change: ShiftChange,
  { personId, answer }: ShiftChangeAnswer['data'],
): ShiftChange {
  const { asker, asked } = sidesOf(change.ask);
  const isOfThem = personId === asker || personId === asked;
  if (!isOfThem || change.words.some((word) => word.personId === personId)) return change;
  const said = { ...change, words: [...change.words, { personId }] };
  if (!isOpenChange(change.state)) return said;
  if (answer === 'declined') return { ...said, state: 'declined' };
  return change.state === 'asked' && personId === asked ? { ...said, state: 'agreed' } : said;
}
