import { complaintLimits, type ComplaintKind, type ComplaintSentence } from '@sightline/contracts';

/** A complaint before it is sent. Its id is made here, so that a second touch sends the same one. */
export interface ComplaintDraft {
  readonly complaintId: string;
  readonly kind: ComplaintKind;
  readonly sentences: readonly ComplaintSentence[];
  readonly text: string;
  readonly contact: string;
}

export function newDraft(): ComplaintDraft {
  const complaintId = crypto.randomUUID();
  return { complaintId, kind: 'complaint', sentences: [], text: '', contact: '' };
}

/** Chosen, or given back; the oldest makes room for one too many. */
export function turnSentence(
  { sentences, ...draft }: ComplaintDraft,
  sentence: ComplaintSentence,
): ComplaintDraft {
  const rest = sentences.filter((each) => each !== sentence);
  const isGivenBack = rest.length < sentences.length;
  const turned = isGivenBack ? rest : [...rest, sentence].slice(-complaintLimits.sentences);
  return { ...draft, sentences: turned };
}

export function saysNothing({ sentences, text }: ComplaintDraft): boolean {
  return sentences.length === 0 && text.trim() === '';
}
