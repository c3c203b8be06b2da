import { randomUUID } from 'node:crypto';
import { refuse, type Refusal } from '@sightline/contracts';
import { kioskLimits } from '#kiosk/limits.ts';

/** Who opened the hand-over, and in which shift they are or were. */
export interface PassHolder {
  readonly personId: string;
  readonly shift: string;
}

interface Pass extends PassHolder {
  readonly endsAt: Temporal.Instant;
}

/**
 * 通行码 of the hand-over. Who just proved themselves by face or PIN need not do it again for each item;
 * in memory only, for some minutes of a clock that does not step.
 */
export class HandOverPasses {
  readonly #now: () => Temporal.Instant;
  readonly #passes = new Map<string, Pass>();

  constructor(now: () => Temporal.Instant) {
    this.#now = now;
  }

  issue(holder: PassHolder): string {
    for (const [pass, { endsAt }] of this.#passes) {
      const isFull = this.#passes.size >= kioskLimits.handOver.passes;
      if (isFull || this.#isOver(endsAt)) this.#passes.delete(pass);
    }
    const pass = randomUUID();
    const endsAt = this.#now().add({ minutes: kioskLimits.handOver.passMinutes });
    this.#passes.set(pass, { ...holder, endsAt });
    return pass;
  }

  holder(pass: string): PassHolder | Refusal {
    const found = this.#passes.get(pass);
    if (found === undefined || this.#isOver(found.endsAt)) {
      return refuse('pass-over', 'This took too long. Prove who you are once more.');
    }
    return { personId: found.personId, shift: found.shift };
  }

  #isOver(endsAt: Temporal.Instant): boolean {
    return Temporal.Instant.compare(endsAt, this.#now()) <= 0;
  }
}
