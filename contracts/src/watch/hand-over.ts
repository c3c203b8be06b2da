/*
 * 交接班, what pages need of it: no schemas here, so that a page does not carry the schema language.
 */

export const handOverLimits = {
  textChars: 200,
  /** Prepared sentences in one item. */
  sentences: 4,
  voiceSeconds: 60,
  /** A minute of speech at 24 kbit/s is 180 KB; some browsers write more. */
  voiceBytes: 1024 * 1024,
  /** Items of one terminal that wait to be done. */
  open: 30,
} as const;

/** The codes of `HandOverSentence`, in the order pages show them. */
export const handOverSentences = [
  'road-closed',
  'water-rising',
  'equipment-broken',
  'visitor-expected',
  'follow-up-by-phone',
  'patrol-needed',
  'keys-handed-over',
  'nothing-special',
] as const;

/** 待接收, 已接收, 已办结. Open until it is done. */
export type HandOverState = 'left' | 'accepted' | 'done';
