import { refuse, type ComplaintState, type Refusal } from '@sightline/contracts';

/** What a decision about a complaint rests on. */
export interface ComplaintView {
  readonly state: ComplaintState;
  readonly hasBeenReopened: boolean;
  /** The account it is about, by login; null = nobody was named. */
  readonly aboutLogin: string | null;
}

/** Whether there is anything in it; null = yes. */
export function refuseEmptyComplaint(said: {
  readonly sentences: readonly string[];
  readonly text: string;
}): Refusal | null {
  if (said.sentences.length > 0 || said.text.trim() !== '') return null;
  return refuse('nothing-said', 'Choose a sentence or write one.');
}

/** Whether this account may have to do with a complaint; null = yes. */
export function refuseOwnComplaint(
  { aboutLogin }: Pick<ComplaintView, 'aboutLogin'>,
  login: string,
): Refusal | null {
  if (aboutLogin === null || aboutLogin !== login) return null;
  return refuse('about-you', 'It is about this account: somebody else answers it.');
}

/** Whether it may be taken up; null = yes. */
export function refuseTakeUp({ state }: Pick<ComplaintView, 'state'>): Refusal | null {
  if (state === 'received' || state === 'reopened') return null;
  if (state === 'taken-up') return refuse('already-taken-up', 'Somebody has taken it up already.');
  return refuse('already-answered', 'It has been answered already.');
}

/** Whether it may be answered; taken up or not: a quick answer needs no step before it. Null = yes. */
export function refuseAnswer({ state }: Pick<ComplaintView, 'state'>): Refusal | null {
  return state === 'answered' ? refuse('already-answered', 'It has been answered already.') : null;
}

/** Whether it may be reopened: answered, and not reopened before; null = yes. */
export function refuseReopening({
  state,
  hasBeenReopened,
}: Pick<ComplaintView, 'state' | 'hasBeenReopened'>): Refusal | null {
  if (hasBeenReopened) {
    return refuse('reopened-before', 'A complaint is reopened once. Raise a new one.');
  }
  if (state === 'answered') return null;
  return refuse('not-answered', 'It has not been answered yet.');
}
