import {
  keptKinds,
  type KeptKind,
  type MeetingHold,
  type MeetingKeeping,
  type MeetingKept,
  type RetentionDays,
} from '@sightline/contracts';
import { keptUntil } from './due-erasures.ts';

type Erased = NonNullable<MeetingKept['erased']> & { readonly kind: KeptKind };

/** What is kept of a meeting as the store has it. */
export interface Keeping {
  readonly endedAt: string | null;
  /** Kinds of which something is there. */
  readonly present: readonly KeptKind[];
  readonly erased: readonly Erased[];
  readonly hold: MeetingHold | null;
}

/** Kind by kind until when it is kept, or when it was erased; what there never was is left out. */
export function viewKeeping(keeping: Keeping, days: RetentionDays): MeetingKeeping {
  const { endedAt, present, hold } = keeping;
  const kept = keptKinds.flatMap((kind): MeetingKept[] => {
    const found = keeping.erased.find((one) => one.kind === kind);
    if (found === undefined && !present.includes(kind)) return [];
    const common = { kind, days: days[kind] };
    if (found !== undefined) {
      const { kind: _, ...erased } = found;
      return [{ ...common, until: null, erased }];
    }
    const until = keptUntil({ kind, endedAt, isHeld: false }, days);
    return [{ ...common, until: until?.toString() ?? null, erased: null }];
  });
  return { kept, hold };
}
