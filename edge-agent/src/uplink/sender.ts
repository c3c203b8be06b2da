import { encodePacket, type PacketAck, sealText } from '@sightline/contracts';
import { cutPacket } from '#domain/cut-packet.ts';
import { judgeAck, type Judgement } from '#domain/judge-ack.ts';
import {
  addFlying,
  advance,
  msUntilLate,
  openWindow,
  planPacket,
  rewind,
  type SendWindow,
} from '#domain/send-window.ts';
import type { DeviceKey } from '#identity/device-key.ts';
import type { PendingFact } from '#outbox/outbox-messages.ts';
import type { OutboxSource } from '#outbox/outbox-source.ts';
import type { Link } from '#uplink/open-link.ts';
import { limits } from '#limits.ts';

export interface SenderOptions {
  readonly link: Link;
  readonly source: OutboxSource;
  readonly key: DeviceKey;
  readonly factsPerPacket: number;
  readonly ackTimeoutMs: number;
  /** How long to wait before sending again after trouble. */
  readonly slowRetryMs: () => number;
  readonly onFinish: (reason: 'fork' | 'outbox-behind') => void;
  /** A sentence while something is wrong, null when facts flow again. */
  readonly onDetail: (detail: string | null) => void;
  readonly onFault: (fault: unknown) => void;
}

/** Sends one source's facts over one link, in order, until the link ends. */
export class Sender implements Disposable {
  readonly #options: SenderOptions;
  readonly #stopListening: () => void;
  #window: SendWindow;
  #isPumping = false;
  #isPaused = false;
  #lateAcks = 0;
  #lateTimer: NodeJS.Timeout | undefined;
  #pauseTimer: NodeJS.Timeout | undefined;
  #isDisposed = false;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#window = openWindow(options.source.stats().settledTo);
    this.#stopListening = options.source.onChange(() => this.pump());
  }

  /** Sends whatever may go now. Safe to call at any time. */
  pump(): void {
    if (this.#isPumping || this.#isDisposed || this.#isPaused) return;
    this.#isPumping = true;
    this.#sendAll()
      .catch((fault: unknown) => {
        this.#options.onFault(fault);
        this.#pause(limits.uplink.faultPauseMs);
      })
      .finally(() => {
        this.#isPumping = false;
        // What was appended or acknowledged while the last packet was read.
        if (this.#plan() !== null) this.pump();
      });
  }

  /** The centre's word on a packet: the only thing that frees the outbox. */
  hear(ack: PacketAck): void {
    const { source } = this.#options;
    this.#lateAcks = 0;
    const judgement = judgeAck(ack, source.stats());
    this.#window = advance(this.#window, ack.committedTo);
    if (judgement.verdict !== 'finish') {
      source.settle(ack).catch((fault: unknown) => this.#options.onFault(fault));
    }
    this.#act(judgement);
    this.#watchLateness();
    this.pump();
  }

  #act(judgement: Judgement): void {
    switch (judgement.verdict) {
      case 'settle':
        return this.#options.onDetail(null);
      case 'send-again':
        // Each packet behind the gap is answered with a gap; once rewound, nothing flies any more.
        if (this.#window.flying.length === 0) return;
        this.#window = rewind(this.#window);
        return this.#pause(limits.uplink.gapPauseMs);
      case 'send-slowly':
        this.#window = rewind(this.#window);
        this.#options.onDetail(judgement.detail);
        return this.#pause(this.#options.slowRetryMs());
      case 'finish':
        this[Symbol.dispose]();
        return this.#options.onFinish(judgement.reason);
    }
  }

  async #sendAll(): Promise<void> {
    for (let plan = this.#plan(); plan !== null; plan = this.#plan()) {
      const facts = await this.#options.source.pending(plan.fromSeq, plan.count);
      // An ack or a rewind may have moved the window while the facts were read.
      if (this.#plan()?.fromSeq !== plan.fromSeq) continue;
      if (facts[0]?.seq !== plan.fromSeq) {
        throw new Error(`The outbox gave no fact ${plan.fromSeq} of ${this.#options.key.source}.`);
      }
      this.#send(cutPacket(facts, (text) => Buffer.byteLength(text)));
    }
  }

  #plan(): ReturnType<typeof planPacket> {
    if (this.#isDisposed || this.#isPaused) return null;
    const { source, factsPerPacket } = this.#options;
    return planPacket(this.#window, source.stats().seq, factsPerPacket);
  }

  #send(facts: readonly PendingFact[]): void {
    const [first, last] = [facts.at(0), facts.at(-1)];
    if (first === undefined || last === undefined) return;
    const { key, link } = this.#options;
    const { seq, hash } = last;
    const seal = { v: 1, seq, hash, sig: key.sign(sealText(key.source, seq, hash)) } as const;
    link.publishFacts(encodePacket({ seal, bodies: facts.map(({ body }) => body) }));
    const sentAtMs = performance.now();
    this.#window = addFlying(this.#window, { fromSeq: first.seq, toSeq: seq, sentAtMs });
    this.#watchLateness();
  }

  /** One timer, for the oldest packet only. */
  #watchLateness(): void {
    clearTimeout(this.#lateTimer);
    const ms = msUntilLate(this.#window, performance.now(), this.#options.ackTimeoutMs);
    if (ms === null || this.#isDisposed) return;
    this.#lateTimer = setTimeout(() => this.#onLate(), Math.max(1, ms));
  }

  #onLate(): void {
    this.#lateAcks += 1;
    this.#options.onDetail('The broker is connected but does not acknowledge.');
    if (this.#lateAcks >= limits.uplink.ackTimeoutsPerLink) return this.#options.link.end();
    this.#window = rewind(this.#window);
    this.pump();
  }

  #pause(ms: number): void {
    if (this.#isDisposed) return;
    this.#isPaused = true;
    clearTimeout(this.#pauseTimer);
    this.#pauseTimer = setTimeout(() => {
      this.#isPaused = false;
      this.pump();
    }, ms);
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    clearTimeout(this.#lateTimer);
    clearTimeout(this.#pauseTimer);
    this.#stopListening();
  }
}
