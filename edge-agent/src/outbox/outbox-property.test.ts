import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { emptyHead } from '@sightline/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OutboxFile } from '#outbox/outbox-file.ts';
import type { PendingFact } from '#outbox/outbox-messages.ts';
import { address, noteDraft, roomy } from '#testing/draft.ts';
import {
  append,
  crash,
  deadLetters,
  open,
  pending,
  settle,
  statsOf,
  valueOf,
} from '#testing/outbox-file-probe.ts';
import { temporaryDir } from '#testing/temporary-dir.ts';
import { verifyChain } from '#testing/verify-chain.ts';

type Step =
  | { readonly kind: 'append'; readonly count: number }
  | { readonly kind: 'settle'; readonly share: number; readonly rejects: number }
  | { readonly kind: 'old-ack' | 'bad-draft' | 'crash' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      count: fc.integer({ min: 1, max: 12 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      rejects: fc.integer({ min: 0, max: 2 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('old-ack', 'bad-draft', 'crash') }),
  },
);

/** The outbox beside the plainest model of it: a list of bodies and how far it is settled. */
class Rehearsal implements Disposable {
  readonly #place: string;
  readonly #bodies: string[] = [];
  readonly #rejected: number[] = [];
  #settledTo = 0;
  #life = 0;
  #outbox: OutboxFile;

  constructor(place: string) {
    mkdirSync(place);
    this.#place = place;
    this.#outbox = open(this.#file());
  }

  act(each: Step): void {
    if (each.kind === 'append') this.#append(each.count);
    else if (each.kind === 'settle') this.#settle(each.share, each.rejects);
    else if (each.kind === 'old-ack') this.#hearOldAck();
    else if (each.kind === 'bad-draft') this.#offerBadDraft();
    else this.#crash();
    const waiting = this.#bodies.length - this.#settledTo;
    const stats = statsOf(this.#outbox);
    expect(stats).toMatchObject({ seq: this.#bodies.length, settledTo: this.#settledTo, waiting });
    expect(stats?.oldestAt === null).toBe(waiting === 0);
  }

  checkWhole(): void {
    const bodies = pending(this.#outbox).map(({ body }) => body);
    expect(bodies).toEqual(this.#bodies.slice(this.#settledTo));
    const settled = verifyChain(this.#bodies.slice(0, this.#settledTo), emptyHead);
    expect(verifyChain(bodies, settled).hash).toBe(statsOf(this.#outbox)?.hash);
    const letters = deadLetters(this.#outbox);
    expect(letters.map(({ seq }) => seq)).toEqual(this.#rejected.toReversed());
    expect(letters.every(({ seq, body }) => body === this.#bodies[seq - 1])).toBe(true);
  }

  #append(count: number): void {
    const texts = Array.from({ length: count }, (_, n) => `fact ${n}`);
    const kept = append(this.#outbox, ...texts).map((reply) => valueOf(reply) as PendingFact);
    this.#bodies.push(...kept.map(({ body }) => body));
  }

  #settle(share: number, rejects: number): void {
    const to = this.#settledTo + Math.floor((this.#bodies.length - this.#settledTo) * share);
    const bad = [to - 1, to].filter((seq) => seq > this.#settledTo).slice(0, rejects);
    expect(settle(this.#outbox, to, bad)).toBe('settled');
    this.#rejected.push(...bad);
    this.#settledTo = to;
  }

  #hearOldAck(): void {
    expect(settle(this.#outbox, Math.max(0, this.#settledTo - 1), [1])).toBe('settled');
  }

  #offerBadDraft(): void {
    const draft = { ...noteDraft('x'), stream: 'no stream' };
    const { source } = address;
    const { replies } = this.#outbox.run([{ kind: 'append', source, draft }]);
    expect(replies[0]).toHaveProperty('fault');
  }

  #crash(): void {
    const before = this.#file();
    this.#life += 1;
    crash(before, this.#file());
    this.#outbox.close();
    this.#outbox = new OutboxFile(this.#file(), roomy);
    expect(this.#outbox.movedAside).toBeNull();
  }

  #file(): string {
    return join(this.#place, `${this.#life}.sqlite`);
  }

  [Symbol.dispose](): void {
    this.#outbox.close();
    rmSync(this.#place, { recursive: true });
  }
}

it('keeps order, chain and exactly-once through any appends, acks, faults and crashes', async () => {
  await using dir = await temporaryDir();
  let run = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
      run += 1;
      using rehearsal = new Rehearsal(join(dir.path, String(run)));
      for (const each of steps) rehearsal.act(each);
      rehearsal.checkWhole();
    }),
    { numRuns: 40, seed: 20261123 },
  );
});
