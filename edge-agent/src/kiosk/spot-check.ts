import {
  isRefusal,
  refuse,
  spotCheckStream,
  type KioskResult,
  type Refusal,
  type TerminalCheck,
} from '@sightline/contracts';
import type { Recognised } from '#domain/decide-check-in.ts';
import { decideAnswer, isOpen, noSuchCheck, undelivered } from '#domain/spot-check.ts';
import type { PinRequest } from '#kiosk/check-in.ts';
import { provePin } from '#kiosk/prove-pin.ts';
import { placeOf, type WatchParts, type WatchPlace } from '#kiosk/watch-parts.ts';

type Parts = Pick<WatchParts, 'terminal' | 'records'>;

/** The checks of the newest desired state that this terminal has not yet said it has. */
export function owedDeliveries({ terminal, records }: Parts): TerminalCheck[] {
  return undelivered(terminal.desired()?.checks ?? [], records.checks());
}

/** 送达. Said at once, with or without a page; a fall between keeping and noting says it twice. */
export async function deliverChecks(parts: WatchParts): Promise<Refusal | null> {
  for (const { checkId } of owedDeliveries(parts)) {
    const place = placeOf(parts);
    if (isRefusal(place)) return place;
    const fact = await recordOf(parts, place, { checkId, type: 'spot-check.delivered' });
    if (isRefusal(fact)) return fact;
    parts.records.noteCheck(checkId, { at: fact.at });
  }
  return null;
}

/** 已显示. The first time a page showed it while it was open. */
export async function showCheck(parts: WatchParts, checkId: string): Promise<Refusal | null> {
  const found = findCheck(parts, checkId);
  if (isRefusal(found)) return found;
  const { place, check } = found;
  const time = { now: place.now, isCertain: parts.terminal.state().clockCertain };
  if (!isOpen(check, time) || isNoted(parts, checkId, 'shownAt')) return null;
  const fact = await recordOf(parts, place, { checkId, type: 'spot-check.shown' });
  if (isRefusal(fact)) return fact;
  parts.records.noteCheck(checkId, { at: fact.at, shown: true });
  return null;
}

/** 请回电. Somebody there asks to be called; nobody is asked who. */
export async function askForCall(parts: WatchParts, checkId: string): Promise<Refusal | null> {
  const found = findCheck(parts, checkId);
  if (isRefusal(found)) return found;
  const { place, check } = found;
  if (isNoted(parts, checkId, 'callAskedAt')) return null;
  const time = { now: place.now, isCertain: parts.terminal.state().clockCertain };
  if (!isOpen(check, time)) return refuse('check-over', 'This spot check is over.');
  const fact = await recordOf(parts, place, { checkId, type: 'spot-check.call-asked' });
  if (isRefusal(fact)) return fact;
  parts.records.noteCheck(checkId, { at: fact.at, callAsked: true });
  return null;
}

/** 应答. The result is said only when the fact is on disk. */
export async function answerCheck(
  parts: WatchParts,
  checkId: string,
  recognised: Recognised,
): Promise<KioskResult | Refusal> {
  const found = findCheck(parts, checkId);
  if (isRefusal(found)) return found;
  const { place, check } = found;
  const { terminal, records } = parts;
  const known = records.check(checkId);
  const decision = decideAnswer({ check, known }, recognised, place);
  if (isRefusal(decision)) return decision;
  const { personId, method } = recognised;
  const result = { outcome: 'check-answered', checkId, personId, method } as const;
  if (decision.decision === 'already') {
    return { ...result, at: decision.at, isLate: decision.at > check.until, waiting: false };
  }
  const fact = await terminal.record({
    stream: spotCheckStream(place.region, checkId),
    type: 'spot-check.answered',
    actor: `person:${personId}`,
    data: decision.data,
    reading: place.reading,
  });
  if (isRefusal(fact)) return fact;
  records.noteCheck(checkId, { at: fact.at, answer: { personId, method } });
  const waiting = terminal.state().link.state === 'down';
  return { ...result, at: fact.at, isLate: fact.at > check.until, waiting };
}

/** By the PIN, which is always there; with a witness or without. */
export async function answerCheckByPin(
  parts: WatchParts,
  { checkId, personId, pin, witness }: PinRequest & { readonly checkId: string },
): Promise<KioskResult | Refusal> {
  if (witness?.personId === personId) {
    return refuse('witness-same', 'Nobody is their own witness. Choose another person.');
  }
  const own = await provePin(parts, { personId, pin });
  if (isRefusal(own)) return own;
  if (witness === undefined) return answerCheck(parts, checkId, { method: 'pin', personId });
  const other = await provePin(parts, witness);
  if (isRefusal(other)) return { ...other, code: `witness-${other.code}` };
  const witnessId = witness.personId;
  return answerCheck(parts, checkId, { method: 'pin-witness', personId, witnessId });
}

function findCheck(
  parts: WatchParts,
  checkId: string,
): { readonly place: WatchPlace; readonly check: TerminalCheck } | Refusal {
  const place = placeOf(parts);
  if (isRefusal(place)) return place;
  const check = parts.terminal.desired()?.checks?.find((one) => one.checkId === checkId);
  return check === undefined ? noSuchCheck() : { place, check };
}

function isNoted(parts: Parts, checkId: string, what: 'shownAt' | 'callAskedAt'): boolean {
  const known = parts.records.check(checkId);
  return known !== null && known[what] !== null;
}

function recordOf(
  { terminal }: WatchParts,
  { region, terminalId, isSimulated, reading }: WatchPlace,
  said: {
    readonly checkId: string;
    readonly type: 'spot-check.delivered' | 'spot-check.shown' | 'spot-check.call-asked';
  },
) {
  return terminal.record({
    stream: spotCheckStream(region, said.checkId),
    type: said.type,
    actor: `terminal:${terminalId}`,
    data: {
      checkId: said.checkId,
      terminalId,
      ...(isSimulated ? { simulated: true } : {}),
    },
    reading,
  });
}
