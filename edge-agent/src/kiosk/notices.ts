import {
  isRefusal,
  noticeStream,
  type KioskState,
  type Refusal,
  type TerminalNotice,
} from '@sightline/contracts';
import { decideRead, undeliveredNotices } from '#domain/notice.ts';
import type { KioskRecords } from '#kiosk/kiosk-records.ts';
import type { NoticeReadBody } from '#kiosk/notice-routes.ts';
import { provePin } from '#kiosk/prove-pin.ts';
import { placeOf, type WatchParts } from '#kiosk/watch-parts.ts';
import type { Terminal } from '#terminal.ts';

type Parts = Pick<WatchParts, 'terminal' | 'records'>;

/** The notices of the newest desired state that this terminal has not yet said it has. */
export function owedNotices({ terminal, records }: Parts): TerminalNotice[] {
  return undeliveredNotices(terminal.desired()?.notices ?? [], records.notices());
}

/** 送达. Said at once, with or without a page; a fall between keeping and noting says it twice. */
export async function deliverNotices(parts: WatchParts): Promise<Refusal | null> {
  for (const { noticeId } of owedNotices(parts)) {
    const place = placeOf(parts);
    if (isRefusal(place)) return place;
    const { terminalId, isSimulated } = place;
    const fact = await parts.terminal.record({
      stream: noticeStream(place.region, noticeId),
      type: 'notice.delivered',
      actor: `terminal:${terminalId}`,
      data: { noticeId, terminalId, ...(isSimulated ? { simulated: true } : {}) },
      reading: place.reading,
    });
    if (isRefusal(fact)) return fact;
    parts.records.noteNotice(noticeId, { at: fact.at });
  }
  return null;
}

/** 已阅, said by touching; or, with a PIN, signed for by that person. Null = it is on disk. */
export async function readNotice(
  parts: WatchParts,
  { noticeId, own }: NoticeReadBody,
): Promise<Refusal | null> {
  const { terminal, records } = parts;
  const place = own === undefined ? placeOf(parts) : await provePin(parts, own);
  if (isRefusal(place)) return place;
  const notice = terminal.desired()?.notices?.find((one) => one.noticeId === noticeId);
  const personId = own?.personId ?? null;
  const known = records.notices().find((one) => one.noticeId === noticeId) ?? null;
  const decision = decideRead({ notice, known }, personId, place);
  if (isRefusal(decision)) return decision;
  if (decision.decision === 'already') return null;
  const fact = await terminal.record({
    stream: noticeStream(place.region, noticeId),
    type: 'notice.read',
    actor: personId === null ? `terminal:${place.terminalId}` : `person:${personId}`,
    data: decision.data,
    reading: place.reading,
  });
  if (isRefusal(fact)) return fact;
  records.noteNotice(noticeId, { at: fact.at, read: { personId } });
  return null;
}

/** What the page shows of notices. */
export function readNotices({
  terminal,
  records,
}: {
  readonly terminal: Terminal;
  readonly records: KioskRecords;
}): KioskState['notices'] {
  const known = records.notices();
  return (terminal.desired()?.notices ?? []).map((notice) => {
    const mine = known.find(({ noticeId }) => noticeId === notice.noticeId);
    return { ...notice, readAt: mine?.readAt ?? null, readBy: mine?.personId ?? null };
  });
}
