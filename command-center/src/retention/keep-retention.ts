import { isRefusal, type RetentionDays } from '@sightline/contracts';
import {
  appendAudit,
  eraseCheckNotes,
  eraseKept,
  holdMeeting,
  inTransaction,
  listKept,
  noteRetention,
  readKept,
  topRegions,
  type KeptThing,
  type Store,
} from '@sightline/store';
import { daysSince, dueErasures } from '#domain/retention/due-erasures.ts';
import { retentionLimits as limits } from './retention-limits.ts';

export interface RetentionDeps {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly days: RetentionDays;
  readonly onError: (error: unknown) => void;
}

const actor = 'system:retention';

/** The times in force are written down, and each that changed stands in the audit. */
export async function beginRetention({ store, now, days }: RetentionDeps): Promise<void> {
  const [region] = await topRegions(store.pool);
  if (region === undefined) throw new Error('There are no divisions: the rules cannot be audited.');
  await inTransaction(store, async (client) => {
    const moment = now();
    for (const { kind, days: count, before } of await noteRetention(client, days, moment)) {
      const was = before === null ? '' : `, before ${before}`;
      const entry = {
        who: actor,
        what: 'retention.rule',
        region,
        purpose: 'record-upkeep',
        subject: `retention:${kind}=${count}${was}`,
      };
      await appendAudit(client, { entry, now: moment });
    }
  });
}

/**
 * 到期删除. One turn; how many things it erased. Each in a transaction of its own, decided again on what is true
 * then: somebody may have put a hold on it meanwhile.
 */
export async function keepRetention(deps: RetentionDeps): Promise<number> {
  const { store, now, days, onError } = deps;
  const kept = await listKept(store.pool, { perKind: limits.perKind });
  let erased = 0;
  for (const thing of dueErasures(kept, days, now())) {
    await eraseDue(deps, thing).then(
      (isErased) => {
        if (isErased) erased += 1;
      },
      (error: unknown) => onError(error),
    );
  }
  const moment = now();
  const endedBefore = moment.subtract({ hours: 24 * days.notes });
  const notes = await eraseCheckNotes(store.pool, {
    endedBefore,
    now: moment,
    limit: limits.notes,
  });
  return erased + notes;
}

function eraseDue({ store, now, days }: RetentionDeps, { meetingId, kind }: KeptThing) {
  return inTransaction(store, async (client): Promise<boolean> => {
    if ((await holdMeeting(client, meetingId)) === null) return false;
    const thing = await readKept(client, { meetingId, kind });
    const moment = now();
    const [due] = thing === null ? [] : dueErasures([thing], days, moment);
    if (due === undefined || due.endedAt === null) return false;
    const entry = {
      who: actor,
      what: 'meeting.erase',
      region: due.region,
      purpose: 'record-upkeep',
      subject: `meeting:${meetingId}`,
    };
    await appendAudit(client, { entry, now: moment });
    const afterDays = daysSince(due.endedAt, moment);
    const erasure = { why: 'age', afterDays, reason: null, accountId: null } as const;
    const refusal = await eraseKept(client, due, { erasure, change: { now: moment, actor } });
    if (isRefusal(refusal)) throw new Error(`${meetingId} ${kind}: ${refusal.detail}`);
    return true;
  });
}
