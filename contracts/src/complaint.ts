/*
 * What pages need of complaints: no schemas here, so that a page does not carry the schema language.
 */

export const complaintLimits = {
  textChars: 500,
  contactChars: 64,
  answerChars: 500,
  /** Prepared sentences in one complaint. */
  sentences: 3,
  /** Complaints a terminal is told the state of: its newest. */
  perTerminal: 20,
  /** Readings a person is shown at the terminal. */
  readingsShown: 20,
  /** Readings in a terminal's document: those of the village and of each of its people. */
  readingsPerTerminal: 20 * 21,
} as const;

/** The codes of `ComplaintKind`. */
export const complaintKinds = ['suggestion', 'complaint', 'wrong-record'] as const;

/** The codes of `ComplaintSentence`, in the order pages show them. */
export const complaintSentences = [
  'not-recognised',
  'wrong-time',
  'someone-else-checked-in',
  'terminal-broken',
  'nobody-answers',
  'too-many-checks',
  'looked-at-me',
  'please-call',
] as const;

/** 回执号 of a complaint: nine digits of the random part of its id. */
export function receiptOfComplaint(complaintId: string): string {
  // The last twelve hexadecimal digits are random in version 4 and 7 alike: 48 bits, exact in a number.
  return String(Number.parseInt(complaintId.slice(-12), 16) % 1_000_000_000).padStart(9, '0');
}

/** As people read and type it: 482 719 360. */
export function spellReceipt(receipt: string): string {
  return receipt.replaceAll(/(\d{3})(?=\d)/g, '$1 ');
}
