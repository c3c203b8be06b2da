import { createHash } from 'node:crypto';
import { seededRandom } from '#demo/random.ts';

/** What a simulated village does in one shift, in milliseconds after the shift began. */
export interface VillageLife {
  readonly checkIns: readonly { readonly personId: string; readonly afterMs: number }[];
  /** A while without a link, as villages have; null = none this shift. */
  readonly dark: { readonly fromMs: number; readonly toMs: number } | null;
}

const minuteMs = 60_000;
const shiftMs = 12 * 60 * minuteMs;
const shareNobodyComes = 0.04;
const shareGoesDark = 0.06;

/** The same village lives the same shift on every machine: only its code, the shift and its people count. */
export function planVillageLife(
  region: string,
  shift: string,
  personIds: readonly string[],
): VillageLife {
  const seed = createHash('sha256').update(`${region} ${shift}`).digest().readUInt32LE();
  const random = seededRandom(seed);
  const nobodyComes = random() < shareNobodyComes;
  const goesDark = random() < shareGoesDark;
  const fromMs = random() * (shiftMs - 60 * minuteMs);
  const checkIns = personIds.map((personId, index) => ({
    personId,
    // The first one takes over the watch; the others look in during the shift.
    afterMs: Math.round(index === 0 ? random() * 20 * minuteMs : random() * shiftMs),
  }));
  return {
    checkIns: nobodyComes ? [] : checkIns,
    dark: goesDark ? { fromMs, toMs: fromMs + (3 + random() * 20) * minuteMs } : null,
  };
}

/** Who is due now. What was due before the simulator started is spread over its first minutes. */
export function dueCheckIns(
  life: VillageLife,
  time: { readonly sinceShiftMs: number; readonly sinceStartMs: number },
): string[] {
  const startedMs = time.sinceShiftMs - time.sinceStartMs;
  return life.checkIns
    .filter(({ afterMs }) => {
      if (afterMs >= startedMs) return afterMs <= time.sinceShiftMs;
      // 20 minutes of watch changes happen within one, the rest of a shift within ten.
      const waitMs = afterMs < 20 * minuteMs ? afterMs / 20 : (afterMs / shiftMs) * 10 * minuteMs;
      return waitMs <= time.sinceStartMs;
    })
    .map(({ personId }) => personId);
}

export function isDark(life: VillageLife, sinceShiftMs: number): boolean {
  return life.dark !== null && sinceShiftMs >= life.dark.fromMs && sinceShiftMs < life.dark.toMs;
}
