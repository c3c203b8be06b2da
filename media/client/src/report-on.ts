import {
  deadMs,
  isRefusal,
  reportEveryMs,
  reportPatienceMs,
  type Refusal,
  type Tier,
} from '@sightline/contracts';
import { readReport, type SentSums } from '#read-report.ts';
import type { Stay } from '#stay-chores.ts';

export interface Reporting {
  /** What the server lets this page send: it judges by the same pace. */
  readonly up: () => Tier;
  readonly best: () => { readonly up: Tier; readonly down: Tier };
  /** Since anything was heard on the connection. */
  readonly quietMs: () => number;
  readonly onTick: () => void;
  /** An answer is late, and late again. */
  readonly onLate: () => void;
  readonly onInTime: () => void;
  readonly onDead: () => void;
}

/**
 * What was measured, again and again, one report at a time. An answer that is late says that the link is weak; the
 * connection is a dead one only where nothing else is heard on it, or no answer comes at all.
 */
export async function reportOn({ entry, ask, lasts }: Stay, on: Reporting): Promise<void> {
  let sums: SentSums = { sent: 0, lost: 0 };
  while (await lasts(reportEveryMs[on.up()])) {
    on.onTick();
    const stats = await entry.send.getStats().catch(() => new Map<string, unknown>());
    const read = readReport(stats.values(), sums);
    sums = read.sums;
    const { up: bestUp, down: bestDown } = on.best();
    const answer = ask('report', { ...read.measure, bestUp, bestDown });
    const isAlive = await waitForAnswer(answer, { lasts, on });
    if (!isAlive) return on.onDead();
  }
  return undefined;
}

/** False = the connection is dead. */
async function waitForAnswer(
  answer: Promise<object | Refusal>,
  { lasts, on }: Pick<Stay, 'lasts'> & { readonly on: Reporting },
): Promise<boolean> {
  let isLate = false;
  for (;;) {
    const waited = lasts(reportPatienceMs[on.up()]).then((isIn) => (isIn ? 'late' : 'over'));
    const said = await Promise.race([answer, waited]);
    if (said === 'over') return true;
    if (said !== 'late') {
      if (!isLate) on.onInTime();
      // `Refusal | object`: anything else was answered.
      return !(isRefusal(said) && said.code === 'no-answer');
    }
    isLate = true;
    if (on.quietMs() > deadMs[on.up()]) return false;
    on.onLate();
  }
}
