import {
  handOverLimits,
  refuse,
  type FactData,
  type HandOverSentence,
  type HandOverState,
  type HandOverVoice,
  type Refusal,
} from '@sightline/contracts';

/** A hand-over fact of this terminal, as it remembers it. */
export type HandOverFact =
  | Said<'hand-over.left', Pick<FactData<'hand-over.left'>, 'sentences' | 'voice' | 'shift'>>
  | Said<'hand-over.accepted', Pick<FactData<'hand-over.accepted'>, 'shift'>>
  | Said<'hand-over.done', object>;

type Said<T extends string, More> = More & {
  readonly type: T;
  readonly itemId: string;
  readonly personId: string;
  readonly at: string;
};

/** 交接事项. */
export interface HandOverItem {
  readonly itemId: string;
  readonly shift: string;
  readonly leftBy: string;
  readonly leftAt: string;
  readonly sentences: readonly HandOverSentence[];
  readonly voice: HandOverVoice | null;
  readonly state: HandOverState;
  /** The shifts that accepted it, each once, in the order they did. */
  readonly acceptedIn: readonly string[];
}

export type HandOvers = ReadonlyMap<string, HandOverItem>;

export const noHandOvers: HandOvers = new Map();

/** The items after a fact. A fact that was heard before, or of an item nobody left, changes nothing. */
export function foldHandOver(items: HandOvers, fact: HandOverFact): HandOvers {
  const item = items.get(fact.itemId);
  const next = item === undefined ? begin(fact) : move(item, fact);
  return next === null || next === item ? items : new Map(items).set(fact.itemId, next);
}

function begin(fact: HandOverFact): HandOverItem | null {
  if (fact.type !== 'hand-over.left') return null;
  const { itemId, shift, personId: leftBy, at: leftAt, sentences, voice = null } = fact;
  return { itemId, shift, leftBy, leftAt, sentences, voice, state: 'left', acceptedIn: [] };
}

function move(item: HandOverItem, fact: HandOverFact): HandOverItem {
  if (item.state === 'done' || fact.type === 'hand-over.left') return item;
  if (fact.type === 'hand-over.done') {
    return item.state === 'accepted' ? { ...item, state: 'done' } : item;
  }
  if (item.acceptedIn.includes(fact.shift)) return item;
  return { ...item, state: 'accepted', acceptedIn: [...item.acceptedIn, fact.shift] };
}

/** What is not done, the oldest first. */
export function openItems(items: HandOvers): HandOverItem[] {
  return [...items.values()]
    .filter(({ state }) => state !== 'done')
    .toSorted((a, b) => (a.leftAt < b.leftAt ? -1 : a.leftAt > b.leftAt ? 1 : 0));
}

/** Whether the shift that runs has yet to accept it: not the one it was left in. */
export function isWaitingFor({ shift, acceptedIn }: HandOverItem, running: string): boolean {
  return shift < running && !acceptedIn.includes(running);
}

/** Whether one more may be left. Null = yes. */
export function refuseLeaving(
  items: HandOvers,
  said: {
    readonly sentences: readonly string[];
    readonly text: string;
    readonly hasVoice: boolean;
  },
): Refusal | null {
  if (said.sentences.length === 0 && said.text === '' && !said.hasVoice) {
    return refuse('nothing-handed-over', 'Choose a sentence, write one or say it.');
  }
  return openItems(items).length >= handOverLimits.open
    ? refuse('hand-over-full', 'Too many items are open. Finish some of them first.')
    : null;
}

/** Whether that shift may accept it. `already` = it has, or it is done. */
export function judgeAccepting(
  items: HandOvers,
  itemId: string,
  shift: string,
): 'accept' | 'already' | Refusal {
  const item = items.get(itemId);
  if (item === undefined) return noSuchItem();
  return item.state === 'done' || item.acceptedIn.includes(shift) ? 'already' : 'accept';
}

/** Whether it may be called done: only what somebody accepted. */
export function judgeFinishing(items: HandOvers, itemId: string): 'finish' | 'already' | Refusal {
  const item = items.get(itemId);
  if (item === undefined) return noSuchItem();
  if (item.state === 'done') return 'already';
  return item.state === 'accepted'
    ? 'finish'
    : refuse('not-accepted', 'Nobody has accepted this item yet. Accept it first.');
}

function noSuchItem(): Refusal {
  return refuse('no-such-item', 'This terminal knows no such item. Go back and look again.');
}
