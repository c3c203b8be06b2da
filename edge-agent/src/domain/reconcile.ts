import type { Desired, ErasureReason } from '@sightline/contracts';

/** What stands at the terminal now, as its executors report it. */
export interface Reported {
  /** The version whose steps were all carried out; 0 = none. */
  readonly version: number;
  /** People with a face template here. */
  readonly faces: readonly string[];
  /** People with a PIN here. */
  readonly pins: readonly string[];
}

/** One small thing to do; doing it twice does no harm. */
export type Step =
  | { readonly kind: 'forget-face'; readonly personId: string; readonly reason: ErasureReason }
  | { readonly kind: 'forget-pin'; readonly personId: string }
  | { readonly kind: 'adopt-version'; readonly version: number };

/** Carries out the steps of each kind. */
export type StepExecutors = {
  readonly [K in Step['kind']]: (step: Extract<Step, { kind: K }>) => Promise<void>;
};

/** 期望与上报之差. From what is to what should be, in order; nothing to do is an empty list. */
export function reconcile(reported: Reported, desired: Desired): Step[] {
  const people = new Set(desired.people.map(({ personId }) => personId));
  const gone = (personId: string): boolean => !people.has(personId);
  const withdrawn = new Set(
    desired.people.filter((person) => person.faceWithdrawn).map(({ personId }) => personId),
  );
  const steps: Step[] = [
    ...reported.faces.flatMap((personId): Step[] => {
      if (gone(personId)) return [{ kind: 'forget-face', personId, reason: 'off-list' }];
      const isWithdrawn = withdrawn.has(personId);
      return isWithdrawn ? [{ kind: 'forget-face', personId, reason: 'withdrawn' }] : [];
    }),
    ...reported.pins.filter(gone).map((personId) => ({ kind: 'forget-pin', personId }) as const),
  ];
  if (reported.version === desired.version) return steps;
  return [...steps, { kind: 'adopt-version', version: desired.version }];
}
