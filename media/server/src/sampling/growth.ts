/** Counters of one stream, counted since it began. */
export interface Counted {
  readonly id: string;
  readonly packets: number;
  readonly lost: number;
}

export interface Grown {
  readonly packets: number;
  readonly lost: number;
  /** Of which streams packets came. */
  readonly ids: ReadonlySet<string>;
}

/** How much the counters of streams that come and go have grown since the last look. */
export class Growth {
  readonly #countsNew: boolean;
  #before: ReadonlyMap<string, Counted> = new Map();

  /** `countsNew`: what a stream had counted when it was first seen grew meanwhile; else it is from before the look. */
  constructor({ countsNew }: { readonly countsNew: boolean }) {
    this.#countsNew = countsNew;
  }

  /** All streams there are now; one that is missing is forgotten. */
  next(streams: readonly Counted[]): Grown {
    let packets = 0;
    let lost = 0;
    const ids = new Set<string>();
    for (const now of streams) {
      const before = this.#before.get(now.id) ?? (this.#countsNew ? none : now);
      const more = Math.max(0, now.packets - before.packets);
      packets += more;
      if (more > 0) ids.add(now.id);
      lost += Math.max(0, now.lost - before.lost);
    }
    this.#before = new Map(streams.map((now) => [now.id, now]));
    return { packets, lost, ids };
  }
}

const none = { packets: 0, lost: 0 };
