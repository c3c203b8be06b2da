import {
  complaintLimits,
  isRefusal,
  receiptOfComplaint,
  refuse,
  type ComplaintReceipt,
  type ComplaintStanding,
  type RaiseComplaintRequest,
  type Reading,
  type Refusal,
  type SealedText,
  type WrittenText,
} from '@sightline/contracts';
import { provePin } from '#kiosk/prove-pin.ts';
import { sealForCentre } from '#kiosk/seal-text.ts';
import { placeOf, type WatchParts, type WatchPlace } from '#kiosk/watch-parts.ts';

/** What a kiosk is told of a complaint; nobody signs in for it. */
export type KioskComplaint = Omit<RaiseComplaintRequest, 'aboutLogin'>;

/**
 * 意见. Kept by the outbox before the receipt is shown, with or without the link. Asked for again with
 * the same id, it is the same complaint: a terminal that fell after keeping it and before noting it
 * may say it twice in the log, and the centre takes the first.
 */
export async function complain(
  parts: WatchParts,
  request: KioskComplaint,
): Promise<ComplaintReceipt | Refusal> {
  const place = placeOf(parts);
  if (isRefusal(place)) return place;
  const { terminal, records } = parts;
  const { complaintId, kind, sentences } = request;
  const answerDays = terminal.desired()?.complaints?.answerDays ?? null;
  const receipt = { complaintId, receipt: receiptOfComplaint(complaintId), answerDays };
  if (records.complaint(complaintId) !== null) return receipt;
  const sealed = sealWritten(parts, request);
  if (isRefusal(sealed)) return sealed;
  const fact = await terminal.record({
    stream: streamOf(place, complaintId),
    type: 'complaint.raised',
    actor: `terminal:${place.terminalId}`,
    data: {
      complaintId,
      terminalId: place.terminalId,
      kind,
      sentences: [...sentences],
      ...(sealed === null ? {} : { sealed }),
      origin: 'kiosk',
    },
    reading: place.reading,
  });
  if (isRefusal(fact)) return fact;
  records.noteComplaint({ complaintId, kind, at: fact.at });
  return receipt;
}

/** Null = nothing was written. Words go into the log sealed or not at all. */
function sealWritten(
  { terminal }: WatchParts,
  { complaintId, sentences, ...request }: KioskComplaint,
): SealedText | Refusal | null {
  const [text, contact] = [request.text.trim(), request.contact.trim()];
  if (sentences.length === 0 && text === '') {
    return refuse('nothing-said', 'Choose a sentence or write one.');
  }
  if (text === '' && contact === '') return null;
  const bound = { kind: 'complaint', id: complaintId } as const;
  const written: WrittenText = { text, contact };
  return sealForCentre(terminal.desired(), bound, written);
}

/** What is known here of the complaint with this receipt: the centre's word, or that it waits. */
export function lookUpComplaint(
  parts: Pick<WatchParts, 'terminal' | 'records'>,
  receipt: string,
): ComplaintStanding | Refusal {
  const { terminal, records } = parts;
  const told = (terminal.desired()?.complaints?.standings ?? []).find(
    ({ complaintId }) => receiptOfComplaint(complaintId) === receipt,
  );
  if (told !== undefined) return { ...told, mayReopen: told.mayReopen && !isReopened(parts, told) };
  const noted = records
    .complaints()
    .find(({ complaintId }) => receiptOfComplaint(complaintId) === receipt);
  if (noted === undefined) {
    return refuse(
      'no-such-receipt',
      'No complaint made at this terminal has this number. Check its nine digits.',
    );
  }
  const { complaintId, kind, at } = noted;
  const nothingYet = { dueAt: null, answers: [], mayReopen: false };
  return { complaintId, kind, state: 'waiting', raisedAt: at, ...nothingYet };
}

/** Said here, and the centre has not answered to it yet. */
function isReopened(
  { records }: Pick<WatchParts, 'records'>,
  { complaintId }: ComplaintStanding,
): boolean {
  return typeof records.complaint(complaintId)?.reopenedAt === 'string';
}

/** 再次提出. Once; a second touch of the button changes nothing. */
export async function reopenComplaint(
  parts: WatchParts,
  receipt: string,
): Promise<ComplaintStanding | Refusal> {
  const place = placeOf(parts);
  if (isRefusal(place)) return place;
  const standing = lookUpComplaint(parts, receipt);
  if (isRefusal(standing)) return standing;
  const { complaintId, kind, raisedAt } = standing;
  if (!standing.mayReopen) {
    return refuse('not-to-reopen', 'It waits for an answer, or was reopened before.');
  }
  const fact = await parts.terminal.record({
    stream: streamOf(place, complaintId),
    type: 'complaint.reopened',
    actor: `terminal:${place.terminalId}`,
    data: { complaintId, terminalId: place.terminalId },
    reading: place.reading,
  });
  if (isRefusal(fact)) return fact;
  parts.records.noteComplaint({ complaintId, kind, at: raisedAt });
  parts.records.noteReopened(complaintId, fact.at);
  return { ...standing, mayReopen: false };
}

function streamOf({ region }: WatchPlace, complaintId: string): string {
  return `complaint/${region}/${complaintId}`;
}

/** 谁查看过. The newest readings of a person and of their village, after the person's own PIN. */
export async function readingsOf(
  parts: WatchParts,
  request: { readonly personId: string; readonly pin: string },
): Promise<{ readonly readings: readonly Reading[] } | Refusal> {
  const place = await provePin(parts, request);
  if (isRefusal(place)) return place;
  const readings = (parts.terminal.desired()?.readings ?? [])
    .filter(({ personId }) => personId === null || personId === request.personId)
    .slice(0, complaintLimits.readingsShown);
  return { readings };
}
