import { createHash } from 'node:crypto';
import {
  isRefusal,
  refuse,
  shiftAt,
  type FactData,
  type HandOverSentence,
  type HandOverVoice,
  type KioskHandOverItem,
  type Refusal,
} from '@sightline/contracts';
import { notCheckedIn } from '#domain/decide-check-out.ts';
import { standingOf } from '#domain/duty-marks.ts';
import {
  judgeAccepting,
  judgeFinishing,
  refuseLeaving,
  type HandOverItem,
} from '#domain/fold-hand-over.ts';
import type { HandOverDraft, HandOverRecords } from '#kiosk/hand-over-records.ts';
import type { PassHolder } from '#kiosk/hand-over-passes.ts';
import { handOversShown } from '#kiosk/read-duty.ts';
import { kioskLimits } from '#kiosk/limits.ts';
import { sealForCentre } from '#kiosk/seal-text.ts';
import type { VoiceNotes } from '#kiosk/voice-notes.ts';
import { placeFor, placeOf, type WatchParts, type WatchPlace } from '#kiosk/watch-parts.ts';

export interface HandOverParts extends WatchParts {
  readonly handOvers: HandOverRecords;
  readonly voices: VoiceNotes;
}

/** What the page asks to leave for the next shift. Its id is the page's: a repetition is the same item. */
export interface LeaveRequest {
  readonly pass: string;
  readonly itemId: string;
  readonly sentences: readonly HandOverSentence[];
  readonly text: string;
  readonly voice?: { readonly seconds: number; readonly sound: string } | undefined;
}

type Kept = { readonly itemId: string };

/** 交班. Kept by the outbox before it is said; words go sealed, the recording goes nowhere. */
export async function leaveItem(
  parts: HandOverParts,
  request: LeaveRequest,
): Promise<Kept | Refusal> {
  const held = holdPass(parts, request.pass);
  if (isRefusal(held)) return held;
  const { itemId } = request;
  const { handOvers } = parts;
  if (handOvers.items().has(itemId)) return { itemId };
  const text = request.text.trim();
  const said = { sentences: request.sentences, text, hasVoice: request.voice !== undefined };
  const refusal = refuseLeaving(handOvers.items(), said);
  if (refusal !== null) return refusal;
  const bound = { kind: 'hand-over', id: itemId } as const;
  const sealed = text === '' ? null : sealForCentre(parts.terminal.desired(), bound, { text });
  if (isRefusal(sealed)) return sealed;
  const voice = request.voice === undefined ? null : await keepVoice(parts, itemId, request.voice);
  if (isRefusal(voice)) return voice;
  const data: FactData<'hand-over.left'> = {
    itemId,
    terminalId: held.place.terminalId,
    shift: held.holder.shift,
    personId: held.holder.personId,
    sentences: [...request.sentences],
    ...(sealed === null ? {} : { sealed }),
    ...(voice === null ? {} : { voice }),
  };
  const kept = await keepDraft(parts, held.place, {
    draft: { type: 'hand-over.left', data },
    text,
  });
  if (kept === null) return { itemId };
  await parts.voices.forget(itemId);
  return kept;
}

/** Matroska, and so WebM, begins with these (RFC 8794, the EBML header). */
const webmHead = '1a45dfa3';

async function keepVoice(
  { voices }: HandOverParts,
  itemId: string,
  { seconds, sound }: NonNullable<LeaveRequest['voice']>,
): Promise<HandOverVoice | Refusal> {
  const bytes = Buffer.from(sound, 'base64');
  if (bytes.subarray(0, 4).toString('hex') !== webmHead) {
    return refuse('voice-unusable', 'The recording cannot be read. Record it again.');
  }
  await voices.keep(itemId, bytes);
  return { seconds, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** 接班: each of the items, for the shift that runs. */
export async function acceptItems(
  parts: HandOverParts,
  { pass, itemIds }: { readonly pass: string; readonly itemIds: readonly string[] },
): Promise<object | Refusal> {
  const held = holdPass(parts, pass);
  if (isRefusal(held)) return held;
  const refusal = requireOnDuty(parts, held);
  if (refusal !== null) return refusal;
  const shift = shiftAt(held.place.now).key;
  for (const itemId of itemIds) {
    const judged = judgeAccepting(parts.handOvers.items(), itemId, shift);
    if (isRefusal(judged)) return judged;
    if (judged === 'already') continue;
    const { personId } = held.holder;
    const data = { itemId, terminalId: held.place.terminalId, personId, shift };
    const kept = await keepDraft(parts, held.place, {
      draft: { type: 'hand-over.accepted', data },
    });
    if (kept !== null) return kept;
  }
  return {};
}

/** 办结. The recording is erased then; the words after their thirty days. */
export async function finishItem(
  parts: HandOverParts,
  { pass, itemId }: { readonly pass: string; readonly itemId: string },
): Promise<object | Refusal> {
  const held = holdPass(parts, pass);
  if (isRefusal(held)) return held;
  const refusal = requireOnDuty(parts, held);
  if (refusal !== null) return refusal;
  const judged = judgeFinishing(parts.handOvers.items(), itemId);
  if (isRefusal(judged)) return judged;
  if (judged === 'already') return {};
  const data = { itemId, terminalId: held.place.terminalId, personId: held.holder.personId };
  const kept = await keepDraft(parts, held.place, { draft: { type: 'hand-over.done', data } });
  if (kept !== null) return kept;
  await parts.voices.forget(itemId);
  return {};
}

/** What is open, with its words, for whoever proved who they are. */
export async function readItems(
  parts: HandOverParts,
  pass: string,
): Promise<{ readonly items: readonly KioskHandOverItem[] } | Refusal> {
  const held = holdPass(parts, pass);
  if (isRefusal(held)) return held;
  const recorded = new Set(await parts.voices.list());
  const shown = handOversShown(parts.handOvers, shiftAt(held.place.now).key);
  const items = shown.map((item) => ({
    ...item,
    text: parts.handOvers.text(item.itemId),
    hasVoice: item.voiceSeconds !== null && recorded.has(item.itemId),
  }));
  return { items };
}

export async function playVoice(
  parts: HandOverParts,
  { pass, itemId }: { readonly pass: string; readonly itemId: string },
): Promise<Buffer | Refusal> {
  const held = holdPass(parts, pass);
  if (isRefusal(held)) return held;
  const sound = await parts.voices.read(itemId);
  return sound ?? refuse('voice-gone', 'This recording is not kept here any more.');
}

interface Held {
  readonly holder: PassHolder;
  readonly place: WatchPlace;
}

function holdPass(parts: HandOverParts, pass: string): Held | Refusal {
  const holder = parts.passes.holder(pass);
  if (isRefusal(holder)) return holder;
  const place = placeFor(parts, holder.personId);
  return isRefusal(place) ? place : { holder, place };
}

/** Null = that person checked in and has not left. */
function requireOnDuty(
  { records, roster }: HandOverParts,
  { holder, place }: Held,
): Refusal | null {
  const when = { now: place.now, duties: roster.duties(place.now) };
  const standing = standingOf(holder.personId, records.marks(), when);
  return standing === null || standing.leftAt !== null ? notCheckedIn() : null;
}

/** Owed, then a fact, then told: a power cut anywhere in between is mended at the next start. */
async function keepDraft(
  parts: HandOverParts,
  place: WatchPlace,
  { draft, text = '' }: { readonly draft: HandOverDraft; readonly text?: string },
): Promise<Refusal | null> {
  parts.handOvers.owe(draft, { at: place.reading.at, text });
  const refusal = await tellDraft(parts, place, draft);
  // The person is told that it was not kept, so nothing may come of it later.
  if (refusal !== null) parts.handOvers.withdraw(draft);
  return refusal;
}

async function tellDraft(
  { terminal, handOvers }: HandOverParts,
  { region, reading }: WatchPlace,
  draft: HandOverDraft,
): Promise<Refusal | null> {
  const { itemId, personId } = draft.data;
  const fact = await terminal.record({
    stream: `hand-over/${region}/${itemId}`,
    actor: `person:${personId}`,
    ...draft,
    reading,
  });
  if (isRefusal(fact)) return fact;
  handOvers.tell(draft, fact.at);
  return null;
}

/**
 * Tells what a power cut left owed, and erases what is over: at the start, and every hour. An item may
 * so be said twice in the log; here and at the centre its first fact counts.
 */
export async function settleHandOvers(parts: HandOverParts): Promise<void> {
  const { handOvers, voices } = parts;
  const place = placeOf(parts);
  if (isRefusal(place)) return; // Not enrolled: nobody to tell.
  for (const draft of handOvers.owed()) {
    if ((await tellDraft(parts, place, draft)) !== null) return; // It stays owed.
  }
  handOvers.forgetOld(place.reading.at);
  const items = handOvers.items();
  for (const itemId of await voices.list()) {
    const item = items.get(itemId);
    const isKept = item !== undefined && item.state !== 'done' && !isOld(item, place);
    if (!isKept) await voices.forget(itemId);
  }
}

function isOld({ leftAt }: HandOverItem, { now }: WatchPlace): boolean {
  const endsAt = Temporal.Instant.from(leftAt).add({ hours: 24 * kioskLimits.handOver.keptDays });
  return Temporal.Instant.compare(endsAt, now) <= 0;
}
