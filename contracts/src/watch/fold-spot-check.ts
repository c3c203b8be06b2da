/*
 * 抽查漏斗 of one village, from what its terminals said. No clock of a terminal is believed: only when
 * the server received a fact, and how long the terminal ran between two facts of one boot.
 */

export type CheckMarkKind = 'delivered' | 'shown' | 'answered' | 'call-asked';
export type CheckMethod = 'face' | 'pin' | 'pin-witness';

/** One fact of a terminal about a check. */
export interface CheckMark {
  readonly kind: CheckMarkKind;
  /** Place in the log: of two alike the first counts. */
  readonly position: number;
  /** When the server received it, epoch milliseconds. */
  readonly receivedMs: number;
  readonly bootId: string;
  readonly uptimeMs: number;
  /** Of an answer only. */
  readonly personId: string | null;
  readonly method: CheckMethod | null;
}

/** 时段: from the order to the end, epoch milliseconds of the server. */
export interface CheckWindow {
  readonly orderedMs: number;
  readonly untilMs: number;
}

/** What is known of a village. Instants are epoch milliseconds of the server; null = it was not so. */
export interface CheckedVillage {
  /** In time. */
  readonly deliveredMs: number | null;
  readonly shownMs: number | null;
  readonly answeredMs: number | null;
  /** It came only after the end, and rang nowhere. */
  readonly cameTooLateMs: number | null;
  /** An answer after the end is kept, and is no answer in time. */
  readonly answeredLateMs: number | null;
  readonly personId: string | null;
  readonly method: CheckMethod | null;
  /** From shown to answered, by one boot's own running; null = not known. */
  readonly answerMs: number | null;
  readonly callAskedMs: number | null;
}

/** A mark with the latest moment it can have been made at. */
interface DatedMark extends CheckMark {
  readonly madeMs: number;
}

/**
 * The state of one village from its marks, in whatever order and how often they come. Only an answer of
 * a person of the village is one. Each stage includes those before it: what was answered was shown.
 */
export function foldSpotCheck(
  marks: readonly CheckMark[],
  { orderedMs, untilMs }: CheckWindow,
  isOfVillage: (personId: string) => boolean,
): CheckedVillage {
  const dated = dateMarks(marks, orderedMs);
  const isInTime = ({ madeMs }: DatedMark) => madeMs <= untilMs;
  const answers = dated.filter(
    ({ kind, personId }) => kind === 'answered' && personId !== null && isOfVillage(personId),
  );
  const shown = [...ofKind(dated, 'shown'), ...answers];
  const delivered = [
    ...ofKind(dated, 'delivered'),
    ...ofKind(dated, 'shown'),
    ...ofKind(dated, 'call-asked'),
    ...answers,
  ];
  const first = firstOf(answers.filter(isInTime));
  const late = first === null ? firstOf(answers) : null;
  const deliveredMs = firstOf(delivered.filter(isInTime))?.madeMs ?? null;
  const answer = first ?? late;
  return {
    deliveredMs,
    shownMs: firstOf(shown.filter(isInTime))?.madeMs ?? null,
    answeredMs: first?.madeMs ?? null,
    cameTooLateMs: deliveredMs === null ? (firstOf(delivered)?.madeMs ?? null) : null,
    answeredLateMs: late?.madeMs ?? null,
    personId: answer?.personId ?? null,
    method: answer?.method ?? null,
    answerMs: answer === null ? null : sinceShown(answer, ofKind(dated, 'shown')),
    callAskedMs: firstOf(ofKind(dated, 'call-asked').filter(isInTime))?.madeMs ?? null,
  };
}

/**
 * The latest moment each mark can have been made at. It was made before the server had it; and every
 * other fact of the same boot bounds it too, for the boot's running between the two is known. So an
 * answer that waited out a broken link is dated by the "shown" that came before the link broke.
 */
function dateMarks(marks: readonly CheckMark[], orderedMs: number): DatedMark[] {
  const zeroOfBoot = new Map<string, number>();
  for (const { bootId, receivedMs, uptimeMs } of marks) {
    const zeroMs = receivedMs - uptimeMs;
    zeroOfBoot.set(bootId, Math.min(zeroOfBoot.get(bootId) ?? zeroMs, zeroMs));
  }
  return marks.map((mark) => {
    const zeroMs = zeroOfBoot.get(mark.bootId) ?? mark.receivedMs - mark.uptimeMs;
    // Nothing of a check happened before it was ordered.
    return { ...mark, madeMs: Math.max(orderedMs, zeroMs + mark.uptimeMs) };
  });
}

function ofKind(marks: readonly DatedMark[], kind: CheckMarkKind): DatedMark[] {
  return marks.filter((mark) => mark.kind === kind);
}

function firstOf(marks: readonly DatedMark[]): DatedMark | null {
  return marks.reduce<DatedMark | null>((first, mark) => {
    if (first === null || mark.madeMs < first.madeMs) return mark;
    return mark.madeMs === first.madeMs && mark.position < first.position ? mark : first;
  }, null);
}

function sinceShown(answer: DatedMark, shown: readonly DatedMark[]): number | null {
  const before = shown
    .filter(({ bootId, uptimeMs }) => bootId === answer.bootId && uptimeMs <= answer.uptimeMs)
    .map(({ uptimeMs }) => uptimeMs);
  return before.length === 0 ? null : answer.uptimeMs - Math.min(...before);
}

export type CheckState =
  | 'not-delivered'
  | 'too-late'
  | 'delivered'
  | 'shown'
  | 'call-asked'
  | 'answered';

/** Where a village stands. Spoken to by a call that it asked for, it has answered too. */
export function checkStateOf(
  village: Pick<
    CheckedVillage,
    'deliveredMs' | 'shownMs' | 'answeredMs' | 'cameTooLateMs' | 'callAskedMs'
  > & { readonly calledBackReached: boolean },
): CheckState {
  const { answeredMs, callAskedMs, shownMs, deliveredMs, cameTooLateMs } = village;
  if (answeredMs !== null) return 'answered';
  if (callAskedMs !== null) return village.calledBackReached ? 'answered' : 'call-asked';
  if (shownMs !== null) return 'shown';
  if (deliveredMs !== null) return 'delivered';
  return cameTooLateMs === null ? 'not-delivered' : 'too-late';
}
