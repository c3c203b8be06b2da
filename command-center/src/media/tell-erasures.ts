import { FilesErased, type EraseFiles } from '@sightline/contracts';
import {
  appendAudit,
  finishErasure,
  inTransaction,
  listWaitingErasures,
  type Store,
  type WaitingErasure,
} from '@sightline/store';
import { Compile } from 'typebox/compile';
import { startLoop, type Loop } from '#live/loop.ts';
import { retentionLimits as limits } from '#retention/retention-limits.ts';

/** Says one word to the media server; null = there is none, or it did not answer. */
export type SayErase = (files: EraseFiles) => Promise<unknown>;

export interface ErasureDeps {
  readonly store: Store;
  readonly now: () => Temporal.Instant;
  readonly say: SayErase;
  readonly onError: (error: unknown) => void;
}

const check = Compile(FilesErased);

/** What is to go stands in the database: the media server is told again until it says that it is gone. */
export function startErasures(deps: ErasureDeps): Loop {
  return startLoop({
    everyMs: limits.tellMs,
    onError: deps.onError,
    work: async (signal) => {
      const waiting = await listWaitingErasures(deps.store.pool, { limit: limits.tellAtOnce });
      for (const erasure of waiting) {
        if (signal.aborted || !(await tell(deps, erasure))) return;
      }
    },
  });
}

/** Whether it is worth asking on. */
async function tell({ store, now, say, onError }: ErasureDeps, erasure: WaitingErasure) {
  const { meetingId, region, kind } = erasure;
  const said = await say({ meetingId, kind });
  if (!check.Check(said)) return false;
  if (!said.ok) {
    onError(new Error(`The media server did not erase ${kind} of ${meetingId}: ${said.detail}`));
    return true;
  }
  await inTransaction(store, async (client) => {
    const moment = now();
    if (!(await finishErasure(client, erasure, { files: said.files, now: moment }))) return;
    const entry = {
      who: 'system:media',
      what: 'meeting.erased',
      region,
      purpose: 'record-upkeep',
      subject: `meeting:${meetingId}`,
    };
    await appendAudit(client, { entry, now: moment });
  });
  return true;
}
