import { type EnrolReply, isRefusal, type Refusal, refuse } from '@sightline/contracts';
import type { DeviceKey } from '#identity/device-key.ts';
import { enrol } from '#identity/enrol.ts';
import {
  adoptNextKey,
  type Finish,
  finishIdentity,
  type Identity,
  keepEnrolment,
  openIdentity,
  openNextKey,
} from '#identity/identity.ts';
import type { Outbox } from '#outbox/outbox.ts';
import type { OutboxSource } from '#outbox/outbox-source.ts';

export interface EnrolmentOptions {
  readonly dir: string;
  readonly outbox: Outbox;
  readonly brokerHttpUrl: string;
  readonly version: string;
  /** ISO instant. */
  readonly now: () => string;
}

/** 入网. Which source this terminal is, and whether it may still make facts. */
export class Enrolment {
  readonly #options: EnrolmentOptions;
  #identity: Identity;
  #source: OutboxSource | null;

  private constructor(options: EnrolmentOptions, identity: Identity, source: OutboxSource | null) {
    this.#options = options;
    this.#identity = identity;
    this.#source = source;
  }

  /** Opens identity and source. An enrolled source that the outbox does not know is finished. */
  static async open(options: EnrolmentOptions): Promise<Enrolment> {
    const identity = await openIdentity(options.dir);
    if (identity.enrolment === null) return new Enrolment(options, identity, null);
    const source = await options.outbox.findSource(identity.key.source);
    const enrolment = new Enrolment(options, identity, source);
    // Its file was lost or damaged: going on from seq 1 would fork the chain.
    if (source === null && identity.finish === null) await enrolment.finish('outbox-lost');
    return enrolment;
  }

  get key(): DeviceKey {
    return this.#identity.key;
  }

  /** The source to append to and to send from; null when there is none. */
  get source(): OutboxSource | null {
    return this.#source;
  }

  get reply(): EnrolReply | null {
    return this.#identity.enrolment;
  }

  get finished(): Finish['reason'] | null {
    return this.#identity.finish?.reason ?? null;
  }

  get setAside(): string | null {
    return this.#identity.setAside;
  }

  get state(): 'not-enrolled' | 'enrolled' | 'finished' {
    if (this.#identity.enrolment === null) return 'not-enrolled';
    return this.#identity.finish === null ? 'enrolled' : 'finished';
  }

  async finish(reason: Finish['reason']): Promise<void> {
    if (this.#identity.finish !== null) return;
    this.#identity = await finishIdentity(this.#identity, { reason, at: this.#options.now() });
  }

  /** Enrols this key, or the next one where this one was enrolled before. Null = done. */
  async enrol(code: string): Promise<Refusal | null> {
    if (this.#identity.enrolment !== null) return this.#enrolNextKey(code);
    const reply = await this.#ask(this.#identity.key, code);
    if (isRefusal(reply)) return reply.code === 'known-key' ? this.#enrolNextKey(code) : reply;
    await this.#keep(reply);
    return null;
  }

  async #enrolNextKey(code: string): Promise<Refusal | null> {
    const reply = await this.#ask(await openNextKey(this.#identity), code);
    if (isRefusal(reply)) return reply;
    this.#identity = await adoptNextKey(this.#identity);
    await this.#keep(reply);
    return null;
  }

  async #ask(key: DeviceKey, code: string): Promise<EnrolReply | Refusal> {
    const { brokerHttpUrl, version } = this.#options;
    const reply = await enrol(key, { brokerHttpUrl, code, version });
    if (isRefusal(reply) || reply.source === key.source) return reply;
    return refuse('broker-fault', `${brokerHttpUrl} enrolled another key than it was given.`);
  }

  /** The source stands in the outbox before the enrolment does: else its absence would mean loss. */
  async #keep(reply: EnrolReply): Promise<void> {
    const { source, region, terminalId } = reply;
    const kept = await this.#options.outbox.createSource({ source, region, terminalId });
    this.#identity = await keepEnrolment(this.#identity, reply);
    this.#source = kept; // Not before: a fact made in between would not know whose it is.
  }
}
