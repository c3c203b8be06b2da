import { handOverLimits, type HandOverSentence } from '@sightline/contracts';

/** An item before it is left. Its id is made here, so that a second touch leaves the same one. */
export interface HandOverDraft {
  readonly itemId: string;
  readonly sentences: readonly HandOverSentence[];
  readonly text: string;
  /** A recording in WebM, base64; null = none. */
  readonly voice: { readonly seconds: number; readonly sound: string } | null;
}

export function newHandOver(): HandOverDraft {
  return { itemId: crypto.randomUUID(), sentences: [], text: '', voice: null };
}

/** Chosen, or given back; the oldest makes room for one too many. */
export function turnSentence(draft: HandOverDraft, sentence: HandOverSentence): HandOverDraft {
  const rest = draft.sentences.filter((each) => each !== sentence);
  const isGivenBack = rest.length < draft.sentences.length;
  const turned = isGivenBack ? rest : [...rest, sentence].slice(-handOverLimits.sentences);
  return { ...draft, sentences: turned };
}

export function saysNothing({ sentences, text, voice }: HandOverDraft): boolean {
  return sentences.length === 0 && text.trim() === '' && voice === null;
}
