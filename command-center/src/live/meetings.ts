import { isRefusal, type Refusal } from '@sightline/contracts';
import {
  closeSilentSpells,
  completeRecordings,
  endMeeting,
  holdMeeting,
  inTransaction,
  listDueMeetings,
  openMeeting,
  saveSteered,
  type Client,
  type HeldMeeting,
  type Store,
} from '@sightline/store';
import { evolveControl } from '#domain/meeting/control.ts';
import { closeRound } from '#domain/meeting/steer-meeting.ts';
import { mediaLimits } from '#media/link-limits.ts';
import { noMediaKeys } from '#media/media-keys.ts';
import { startLoop } from './loop.ts';

export interface MeetingsDeps {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly onError: (error: unknown) => void;
}

/** 会议的时间. Opens what was planned, closes roll calls, ends what nobody ended, closes what fell silent. */
export function startMeetings(deps: MeetingsDeps): AsyncDisposable {
  return startLoop({
    everyMs: mediaLimits.meetingsMs,
    onError: deps.onError,
    work: () => keepMeetings(deps),
  });
}

/** One pass. Each meeting is a transaction of its own: what fails for one is tried again at the next. */
export async function keepMeetings({ store, now, onError }: MeetingsDeps): Promise<void> {
  const moment = now();
  const { opening, rounds, expired } = await listDueMeetings(store.pool, moment);
  const change = { now: moment, actor: 'system:meetings' };
  const each = async (
    ids: readonly string[],
    work: (client: Client, held: HeldMeeting) => Promise<Refusal | null>,
  ): Promise<void> => {
    for (const meetingId of ids) {
      await inTransaction(store, async (client) => {
        const held = await holdMeeting(client, meetingId);
        if (held === null) return;
        const refusal = await work(client, held);
        if (refusal !== null) throw new Error(`${meetingId}: ${refusal.detail}`);
      }).catch(onError);
    }
  };
  await each(expired, (client, held) => expire(client, held, change));
  await each(opening, (client, held) => open(client, held, change));
  await each(rounds, (client, held) => endRound(client, held, change));
  await inTransaction(store, async (client) => {
    const silentSince = moment.subtract({ milliseconds: mediaLimits.spellSilentMs });
    await closeSilentSpells(client, { silentSince, change });
  });
  await inTransaction(store, async (client) => {
    const quietSince = moment.subtract({ milliseconds: mediaLimits.recordingQuietMs });
    await completeRecordings(client, { quietSince, change });
  });
}

type Change = Parameters<typeof openMeeting>[2];

/** Somebody was faster: what it is now is fine. */
const nothing = Promise.resolve(null);

function open(client: Client, held: HeldMeeting, change: Change): Promise<Refusal | null> {
  if (held.phase !== 'planned') return nothing;
  const control = evolveControl(held.control, { type: 'meeting.opened' });
  return openMeeting(client, { held, control }, change);
}

function expire(client: Client, held: HeldMeeting, change: Change): Promise<Refusal | null> {
  if (held.phase === 'over') return nothing;
  const control = evolveControl(held.control, { type: 'meeting.ended' });
  return endMeeting(client, { held, control, why: 'expired' }, change);
}

function endRound(client: Client, held: HeldMeeting, change: Change): Promise<Refusal | null> {
  const { rollCall } = held.control;
  const isDue =
    rollCall?.isOpen === true &&
    Temporal.Instant.compare(Temporal.Instant.from(rollCall.until), change.now) <= 0;
  if (!isDue) return nothing;
  const decided = closeRound(held, change.now);
  if (isRefusal(decided)) return Promise.resolve(decided);
  const steered = { control: decided.control, seats: decided.seats, act: decided.fact.act };
  return saveSteered(client, { held, steered }, { change, keys: noMediaKeys });
}
