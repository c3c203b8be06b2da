import { refuse, type Refusal, type Shed } from '@sightline/contracts';
import { appendAudit, holdMeeting, listAudit, type Client } from '@sightline/store';

const what = 'meeting.shed';
/** A seat is shed once in ten minutes: so many rows are long ago. */
const rowsLookedAt = 50;

/** Pages of a seat were cut off: one row of the audit, also where the media server says it again. */
export async function noteShed(
  client: Client,
  { shed, now }: { readonly shed: Shed; readonly now: Temporal.Instant },
): Promise<Refusal | null> {
  const held = await holdMeeting(client, shed.meetingId);
  if (held === null) return refuse('no-such-meeting', 'There is no such meeting.');
  const region = held.seats.get(shed.seatId)?.region ?? held.region;
  const subject = `meeting:${shed.meetingId} ${shed.seatId} ${shed.why} ${shed.at}`;
  const page = { scope: region, before: null, limit: rowsLookedAt, filter: { what } };
  const rows = await listAudit(client, page);
  if (rows.some((row) => row.subject === subject)) return null;
  const entry = { who: 'system:media', what, region, purpose: 'access-upkeep', subject };
  await appendAudit(client, { entry, now });
  return null;
}
