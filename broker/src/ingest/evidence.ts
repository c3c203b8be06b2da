import type { PacketTrouble, RejectReason } from '@sightline/contracts';
import { saveQuarantine, type Store } from '@sightline/store';
import type { Sender } from '#domain/check-fact.ts';
import { limits } from '#limits.ts';

export interface Exhibit {
  readonly seq: number;
  readonly reason: PacketTrouble | RejectReason;
  readonly message: string;
  /** base64url; tells one exhibit from another of the same reason. */
  readonly hash: string | null;
  readonly body: string;
}

const minuteMs = 60_000;

/** Keeps what proves that a terminal lies or is broken; bounded per source and minute. */
export class Evidence {
  readonly #store: Store;
  readonly #nowMs: () => number;
  #minute = 0;
  #kept = new Map<string, number>();

  constructor(store: Store, nowMs: () => number) {
    this.#store = store;
    this.#nowMs = nowMs;
  }

  /** Resolves when it is stored, or at once when the source has shown enough this minute. */
  async keep(sender: Sender, exhibit: Exhibit): Promise<void> {
    const minute = Math.floor(this.#nowMs() / minuteMs);
    if (minute !== this.#minute) this.#kept = new Map();
    this.#minute = minute;
    const count = this.#kept.get(sender.source) ?? 0;
    if (count >= limits.evidencePerMinute) return;
    this.#kept.set(sender.source, count + 1);
    await saveQuarantine(this.#store.pool, [
      {
        ...sender,
        ...exhibit,
        message: exhibit.message.slice(0, 512),
        body: exhibit.body.slice(0, limits.evidenceChars),
        settled: false,
      },
    ]);
  }
}
