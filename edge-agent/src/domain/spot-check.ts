import { refuse, type FactData, type Refusal, type TerminalCheck } from '@sightline/contracts';
import { notOnTheList, type Recognised, type WatchPost } from '#domain/decide-check-in.ts';

/** What this terminal has already said of a check; null = not yet. */
export interface KnownCheck {
  readonly checkId: string;
  readonly deliveredAt: string;
  readonly shownAt: string | null;
  readonly answeredAt: string | null;
  readonly personId: string | null;
  readonly method: string | null;
  readonly callAskedAt: string | null;
}

/** The time as this terminal knows it. */
export interface CheckTime {
  readonly now: Temporal.Instant;
  /** The server's time was heard since boot. */
  readonly isCertain: boolean;
}

/** Whether its time has not run out. Where the clock is not trusted nobody can say, so it is not open. */
export function isOpen(check: TerminalCheck, { now, isCertain }: CheckTime): boolean {
  if (!isCertain || check.withdrawn === true) return false;
  return Temporal.Instant.compare(now, Temporal.Instant.from(check.until)) < 0;
}

/**
 * The check that rings, or null: open, and neither answered nor a call asked for. Of several the one
 * that ends first.
 */
export function ringingCheck(
  checks: readonly TerminalCheck[],
  known: readonly KnownCheck[],
  time: CheckTime,
): TerminalCheck | null {
  const isSettled = (checkId: string): boolean => {
    const found = known.find((one) => one.checkId === checkId);
    return found !== undefined && (found.answeredAt !== null || found.callAskedAt !== null);
  };
  return checks
    .filter((check) => isOpen(check, time) && !isSettled(check.checkId))
    .reduce<TerminalCheck | null>(
      (first, check) => (first === null || check.until < first.until ? check : first),
      null,
    );
}

/** Those this terminal has not said it has, oldest first; a withdrawn one rings nowhere. */
export function undelivered(
  checks: readonly TerminalCheck[],
  known: readonly KnownCheck[],
): TerminalCheck[] {
  const told = new Set(known.map(({ checkId }) => checkId));
  return checks
    .filter((check) => !told.has(check.checkId) && check.withdrawn !== true)
    .toReversed();
}

/** A check and what was said of it here; undefined = this terminal was told of none. */
export interface AskedCheck {
  readonly check: TerminalCheck | undefined;
  readonly known: KnownCheck | null;
}

export type AnswerDecision =
  | { readonly decision: 'record'; readonly data: FactData<'spot-check.answered'> }
  | { readonly decision: 'already'; readonly at: string };

/**
 * 抽查应答. Once a check, by somebody of the village's list, by the same methods as a check-in. One that
 * comes after the end is kept too: the centre says that it is late.
 */
export function decideAnswer(
  { check, known }: AskedCheck,
  recognised: Recognised,
  post: WatchPost,
): AnswerDecision | Refusal {
  if (check === undefined) return noSuchCheck();
  const isListed = (id: string) => post.people.some((person) => person.personId === id);
  if (!isListed(recognised.personId)) return notOnTheList();
  if (recognised.method === 'pin-witness') {
    if (recognised.witnessId === recognised.personId || !isListed(recognised.witnessId)) {
      return notOnTheList();
    }
  }
  const answeredAt = known?.answeredAt ?? null;
  if (answeredAt !== null) return { decision: 'already', at: answeredAt };
  if (check.withdrawn === true) {
    return refuse('check-withdrawn', 'This spot check was withdrawn. Nothing needs to be done.');
  }
  const { checkId } = check;
  const { terminalId, isSimulated } = post;
  const simulated = isSimulated ? ({ simulated: true } as const) : {};
  return { decision: 'record', data: { ...recognised, checkId, terminalId, ...simulated } };
}

export function noSuchCheck(): Refusal {
  return refuse('no-such-check', 'This terminal knows of no such spot check.');
}
