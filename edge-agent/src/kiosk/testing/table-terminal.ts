import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import {
  encodeFact,
  type Desired,
  type Fact,
  type Grant,
  type GrantPurpose,
  type Refusal,
  type RosterPerson,
} from '@sightline/contracts';
import type { RecordDraft } from '#domain/fact-draft.ts';
import { factProblem } from '#outbox/fact-problem.ts';
import { instantText } from '#domain/read-clock.ts';
import { TerminalClock } from '#clock/terminal-clock.ts';
import { readDeviceKey } from '#identity/device-key.ts';
import type { LocalRecords, Terminal, TerminalState } from '#terminal.ts';

/** The device key of every table terminal of this process. */
export const tableKey = readDeviceKey(
  generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
);

/** A terminal on the table: facts in memory, state, desired state and time set by hand. For tests and pictures. */
export class TableTerminal implements Terminal {
  readonly facts: Fact[] = [];
  readonly clock: TerminalClock;
  readonly #listeners = new Set<() => void>();
  #wallMs: number;
  #desired: Desired | null;
  #refusal: Refusal | null = null;
  #records: LocalRecords | null = null;
  #state: TerminalState;

  constructor(at: string, desired: Desired | null) {
    const bootId = randomUUID();
    this.#wallMs = Temporal.Instant.from(at).epochMilliseconds;
    this.#desired = desired;
    this.#state = stateOf(desired, at, bootId);
    this.clock = new TerminalClock({ bootId, uptimeMs: () => 0, wallMs: () => this.#wallMs });
  }

  get records(): LocalRecords | null {
    return this.#records;
  }

  state(): TerminalState {
    return this.#state;
  }

  desired(): Desired | null {
    return this.#desired;
  }

  async record(draft: RecordDraft): Promise<Fact | Refusal> {
    if (this.#refusal !== null) {
      const refusal = this.#refusal;
      this.#refusal = null;
      return refusal;
    }
    const { stream, type, actor, data, reading = this.clock.now() } = draft;
    const chain = { v: 1, id: randomUUID(), source: tableKey.source, prev: null } as const;
    const place = { region: this.#state.region ?? '5402', stream, world: 'actual' } as const;
    const fact = { ...chain, seq: this.facts.length + 1, ...reading, ...place, type, actor, data };
    const problem = factProblem(encodeFact(fact));
    if (problem !== null) throw new Error(problem); // As the outbox does.
    this.facts.push(fact);
    this.#changed();
    return fact;
  }

  /** As a device key signs; verified by `tableKey`. */
  sign(textOf: (source: string) => string): string {
    return tableKey.sign(textOf(tableKey.source));
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async enrol(code: string): Promise<Refusal | null> {
    if (code !== tableCode) {
      return { refused: true, code: 'code-unknown', detail: 'No such code. Ask the console.' };
    }
    this.setState({ enrolment: 'enrolled', terminalId: 'demo-1', region: '540202103202' });
    return null;
  }

  async deadLetters(): Promise<readonly []> {
    return [];
  }

  async attach(records: LocalRecords): Promise<void> {
    this.#records = records;
  }

  goDark(): void {
    this.setState({ link: { ...this.#state.link, state: 'down' } });
  }

  comeBack(): void {
    this.setState({ link: { ...this.#state.link, state: 'up' } });
  }

  setState(change: Partial<TerminalState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed();
  }

  setDesired(desired: Desired | null): void {
    this.#desired = desired;
    this.#changed();
  }

  /** The next `record` answers with this. */
  refuseNext(refusal: Refusal): void {
    this.#refusal = refusal;
  }

  setTime(at: string): void {
    this.#wallMs = Temporal.Instant.from(at).epochMilliseconds;
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listeners.clear();
  }
}

/** The one code that enrols a table terminal. */
export const tableCode = 'ABCD-EFGH';

function stateOf(desired: Desired | null, at: string, bootId: string): TerminalState {
  const outbox = { waiting: 0, oldestAt: null, deadLetters: 0, deadLettersDropped: 0 };
  return {
    terminalId: desired?.terminalId ?? null,
    region: desired?.region ?? null,
    source: tableKey.source,
    enrolment: desired === null ? 'not-enrolled' : 'enrolled',
    finished: null,
    simulated: false,
    link: { state: 'up', since: at, detail: null, cause: null },
    outbox: { ...outbox, seq: 0, hash: null, settledTo: 0, lastAt: null },
    desiredVersion: desired?.version ?? 0,
    clockCertain: true,
    bootId,
    parts: [],
  };
}

/** A village's document with made-up people. */
export function tableDesired(change: Partial<Desired> = {}): Desired {
  return {
    v: 1,
    terminalId: 'demo-1',
    version: 1,
    region: '540202103202',
    placeNames: ['桑珠孜区', '聂日雄乡', '卓村'],
    people: [...tablePeople],
    settings: { faceEnabled: true, demo: true },
    grants: [],
    ...change,
  };
}

export const tablePeople = [
  person(1, '扎西次仁', '村党支部书记'),
  person(2, '央金', '村委会主任'),
  person(3, '次仁旺堆', '驻村工作队员'),
  person(4, '格桑卓玛', '村务监督委员'),
  person(5, '米玛顿珠', '双联户户长'),
  person(6, '白玛曲珍', '大学生村官'),
] as const;

function person(n: number, name: string, post: string): RosterPerson {
  return { personId: `0190a5d4-0000-7000-8000-00000000000${n}`, name, post };
}

/** A grant that opens with `code`. */
export function tableGrant(
  purpose: GrantPurpose,
  personId: string,
  change: Partial<Grant> & { readonly code?: string } = {},
): Grant {
  const { code = '12345678', ...rest } = change;
  const salt = 'salt';
  const codeHash = createHash('sha256').update(`${salt}\n${code}`).digest('base64url');
  const grantId = randomUUID();
  const expiresAt = instantText(Date.parse('2030-01-01T00:00:00Z'));
  return { grantId, personId, purpose, salt, codeHash, expiresAt, ...rest };
}
