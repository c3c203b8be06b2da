import { randomUUIDv7 } from 'node:crypto';
import {
  type Beat,
  type Desired,
  type Fact,
  isRefusal,
  type PacketAck,
  type Refusal,
  refuse,
} from '@sightline/contracts';
import { writeAnchor } from '#clock/clock-file.ts';
import type { TerminalClock } from '#clock/terminal-clock.ts';
import type { DesiredState } from '#desired/desired-state.ts';
import type { RecordDraft } from '#domain/fact-draft.ts';
import { HealthBoard } from '#health-board.ts';
import type { Enrolment } from '#identity/enrolment.ts';
import { refuseFinished, refuseUnenrolled, whyUnlinked } from '#identity/not-enrolled.ts';
import type { Finish } from '#identity/identity.ts';
import type { DeadLetter } from '#outbox/outbox-messages.ts';
import { emptyStats } from '#outbox/outbox-source.ts';
import type {
  LocalRecords,
  Terminal,
  TerminalConfig,
  TerminalDeps,
  TerminalLog,
  TerminalState,
} from '#terminal.ts';
import { LinkKeeper } from '#uplink/link-keeper.ts';
import { startUplink } from '#uplink/start-uplink.ts';
import { uplinkRhythm } from '#uplink/uplink-rhythm.ts';

export interface TerminalParts {
  readonly config: TerminalConfig;
  readonly deps: TerminalDeps;
  readonly log: TerminalLog;
  readonly clock: TerminalClock;
  readonly enrolment: Enrolment;
  /** Opened with what is to be told when it changes. */
  readonly openDesired: (onChange: () => void) => Promise<DesiredState>;
}

/** A terminal at work; `startTerminal` makes it. */
export class RunningTerminal implements Terminal {
  readonly clock: TerminalClock;
  readonly #parts: TerminalParts;
  readonly #health: HealthBoard;
  readonly #listeners = new Set<() => void>();
  #desired: DesiredState | null = null;
  readonly #link: LinkKeeper;
  readonly #stop = new AbortController();
  readonly #errands = new Set<Promise<void>>();
  #owesAnchor = false;
  #unlisten: () => void = () => {};

  private constructor(parts: TerminalParts) {
    this.#parts = parts;
    this.clock = parts.clock;
    this.#health = new HealthBoard(() => this.clock.now().at);
    this.#link = new LinkKeeper({
      open: () => this.#openUplink(),
      why: () => whyUnlinked(parts.enrolment),
      now: () => this.clock.now().at,
      onUp: () => this.clock.beginLink(),
      onChange: ({ detail }) => {
        this.#health.note('link', detail);
        this.#tell();
      },
      onFault: (fault) => this.#noteFault(fault),
    });
  }

  static async open(parts: TerminalParts): Promise<RunningTerminal> {
    const terminal = new RunningTerminal(parts);
    terminal.#desired = await parts.openDesired(() => terminal.#tell());
    if (parts.enrolment.state === 'enrolled') await terminal.#begin();
    return terminal;
  }

  state(): TerminalState {
    const { enrolment } = this.#parts;
    const isRevoked = enrolment.state === 'enrolled' && this.#link.state.cause === 'refused';
    return {
      terminalId: enrolment.reply?.terminalId ?? null,
      region: enrolment.reply?.region ?? null,
      source: enrolment.key.source,
      enrolment: isRevoked ? 'finished' : enrolment.state,
      finished: isRevoked ? 'revoked' : enrolment.finished,
      simulated: enrolment.reply?.simulated ?? false,
      link: this.#link.state,
      outbox: enrolment.source?.stats() ?? emptyStats,
      desiredVersion: this.#desired?.appliedVersion ?? 0,
      clockCertain: this.clock.isCertain,
      bootId: this.clock.bootId,
      parts: this.#readHealth(),
    };
  }

  desired(): Desired | null {
    return this.#desired?.current() ?? null;
  }

  async record(draft: RecordDraft): Promise<Fact | Refusal> {
    const { enrolment, deps } = this.#parts;
    if (enrolment.state === 'finished') return refuseFinished();
    if (enrolment.source === null) return refuseUnenrolled();
    const { reading = this.clock.now(), world = 'actual', ...rest } = draft;
    const id = draft.id ?? (deps.newId ?? randomUUIDv7)();
    const kept = await enrolment.source.append({ ...rest, ...reading, world, id });
    if (isRefusal(kept)) {
      this.#health.note('outbox', kept.detail);
      this.#tell();
      return kept;
    }
    this.#health.note('outbox', null);
    this.clock.noteFloor(reading.at);
    return kept.fact;
  }

  sign(textOf: (source: string) => string): string {
    const { key } = this.#parts.enrolment;
    return key.sign(textOf(key.source));
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async enrol(code: string): Promise<Refusal | null> {
    const refusal = await this.#link.offline(async () =>
      this.state().enrolment === 'enrolled'
        ? refuse('already-enrolled', 'This terminal is enrolled; no code is needed.')
        : this.#parts.enrolment.enrol(code).catch((fault: unknown) => this.#renewAfter(fault)),
    );
    if (refusal === null) await this.#begin();
    else this.#showRefusal(refusal);
    return refusal;
  }

  #renewAfter(fault: unknown): never {
    this.#link.renew();
    throw fault;
  }

  #showRefusal({ code, detail }: Refusal): void {
    if (code !== 'already-enrolled') {
      this.#link.note({ state: 'down', cause: 'not-enrolled', detail });
    }
    if (this.#parts.enrolment.state === 'enrolled') this.#link.renew();
  }

  /** Runs work of the terminal's own, which ends at the signal; its fault is shown, not thrown. */
  runUntilDisposed(work: (signal: AbortSignal) => Promise<void>): void {
    const errand = work(this.#stop.signal).catch((fault: unknown) => this.#noteFault(fault));
    this.#errands.add(errand);
    void errand.finally(() => this.#errands.delete(errand));
  }

  async deadLetters(page?: { beforeId?: number; limit?: number }): Promise<readonly DeadLetter[]> {
    return (await this.#parts.enrolment.source?.deadLetters(page)) ?? [];
  }

  async attach(records: LocalRecords): Promise<void> {
    await this.#desired?.attach(records);
  }

  goDark(): void {
    this.#link.goDark();
  }

  comeBack(): void {
    this.#link.comeBack();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#unlisten();
    await this.#link.close();
    await Promise.all(this.#errands);
    await this.#desired?.[Symbol.asyncDispose]();
  }

  /** From now on facts are kept and sent under the enrolled key. */
  async #begin(): Promise<void> {
    const { source, reply } = this.#parts.enrolment;
    if (source === null || reply === null) return;
    const { lastAt } = source.stats();
    if (lastAt !== null) this.clock.noteFloor(lastAt);
    this.#unlisten();
    this.#unlisten = source.onChange(() => this.#tell());
    this.#link.renew();
    await this.record({
      stream: `terminal/${reply.region}/${reply.terminalId}`,
      type: 'terminal.started',
      actor: `terminal:${reply.terminalId}`,
      data: {
        terminalId: reply.terminalId,
        version: this.#parts.config.version,
        ...(reply.simulated ? { simulated: true } : {}),
      },
    });
    this.#tell();
  }

  #openUplink(): AsyncDisposable | null {
    const { config, deps, enrolment } = this.#parts;
    if (enrolment.source === null || enrolment.state !== 'enrolled') return null;
    return startUplink({
      source: enrolment.source,
      key: enrolment.key,
      brokerMqttUrl: config.brokerMqttUrl,
      brokerHttpUrl: config.brokerHttpUrl,
      rhythm: uplinkRhythm(config.rhythm),
      randomness: deps.randomness ?? Math.random,
      beat: () => this.#beat(),
      onDesired: (payload) => this.#desired?.offer(payload),
      onAck: (ack) => this.#hearTime(ack),
      onLink: (change) => this.#link.note(change),
      onFinish: (reason) => this.#finish(reason),
      onFault: (fault) => this.#noteFault(fault),
    });
  }

  #hearTime({ serverAt }: PacketAck): void {
    if (this.clock.anchor(serverAt)) this.#owesAnchor = true;
    if (!this.#owesAnchor) return;
    this.#owesAnchor = false;
    this.#recordAnchor().catch((fault: unknown) => this.#noteFault(fault));
  }

  /** Once a boot: with it the centre knows the true time of everything made before. */
  async #recordAnchor(): Promise<void> {
    const { bootId, offsetMs } = this.clock;
    const { terminalId, region } = this.state();
    if (offsetMs === null || terminalId === null || region === null) return;
    const fact = await this.record({
      stream: `terminal/${region}/${terminalId}`,
      type: 'clock.anchored',
      actor: `terminal:${terminalId}`,
      data: { bootId, offsetMs },
    });
    this.#owesAnchor = isRefusal(fact); // The next ack tries again.
    if (!this.#owesAnchor) await writeAnchor(this.#parts.config.dir, { bootId, offsetMs });
  }

  #beat(): Beat {
    const { at, clock } = this.clock.now();
    const { outbox, desiredVersion } = this.state();
    const { health } = this.#parts.deps;
    return {
      v: 1,
      at,
      uptimeMs: clock.uptimeMs,
      waiting: outbox.waiting,
      oldestWaitingAt: outbox.oldestAt,
      deadLetters: outbox.deadLetters,
      desiredVersion,
      camera: this.#parts.deps.camera?.() ?? 'absent',
      version: this.#parts.config.version,
      ...(health === undefined ? {} : { device: health() }),
    };
  }

  #finish(reason: Finish['reason']): void {
    this.#parts.log.error({ reason }, 'This source is finished: enrol the terminal again.');
    const { enrolment } = this.#parts;
    this.#link
      .offline(() => enrolment.finish(reason))
      .catch((fault: unknown) => this.#noteFault(fault))
      .finally(() => this.#link.renew());
  }

  #noteFault(fault: unknown): void {
    this.#parts.log.error({ err: fault }, 'A part of the terminal failed.');
    this.#tell();
  }

  #readHealth(): TerminalState['parts'] {
    const { fault } = this.#parts.deps.outbox;
    if (fault !== null) this.#health.note('outbox', fault.message);
    this.#health.note('desired', this.#desired?.problem ?? null);
    return this.#health.list();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
