import type { ClockReading, FactData, FactType, World } from '@sightline/contracts';

/** A fact before the outbox gives it source, seq, prev and region. */
export type FactDraft = { [T in FactType]: DraftOf<T> }[FactType];

export interface DraftOf<T extends FactType> {
  /** uuidv7. */
  readonly id: string;
  /** Milliseconds, UTC; fixed for ever. */
  readonly at: string;
  readonly clock: ClockReading;
  /** kind/region/key */
  readonly stream: string;
  readonly type: T;
  readonly world: World;
  /** kind:id */
  readonly actor: string;
  readonly data: FactData<T>;
}

/** What a caller of `Terminal.record` says; id, time and clock are the terminal's unless told. */
export type RecordDraft = {
  [T in FactType]: Pick<DraftOf<T>, 'stream' | 'type' | 'actor' | 'data'> &
    Partial<Pick<DraftOf<T>, 'id' | 'world'>> & {
      /** The reading a decision was made with, so that `at` and the decision never differ. */
      readonly reading?: TimeReading;
    };
}[FactType];

/** The device's best estimate of the time, and what its clock knew. */
export interface TimeReading {
  readonly at: string;
  readonly clock: ClockReading;
}
