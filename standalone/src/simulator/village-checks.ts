import { createHash } from 'node:crypto';
import {
  isRefusal,
  spotCheckStream,
  type Desired,
  type Fact,
  type Refusal,
  type TerminalCheck,
} from '@sightline/contracts';
import type { RecordDraft, Terminal } from '@sightline/edge-agent';
import { seededRandom } from '#demo/random.ts';

/** What a simulated village makes of one check, in milliseconds after it was shown. */
export interface CheckReply {
  /** Null: nobody is there. */
  readonly afterMs: number | null;
  /** Asks to be called instead of answering. */
  readonly asksForCall: boolean;
  /** Of the village's people, 0 ≤ n < 1. */
  readonly person: number;
}

const shareNobodyAnswers = 0.06;
const shareAsksForCall = 0.02;
const slowestMs = 45_000;

/** The same village answers the same check the same way on every machine. Most are quick, a few slow. */
export function planCheckReply(region: string, checkId: string): CheckReply {
  const seed = createHash('sha256').update(`${region} ${checkId}`).digest().readUInt32LE();
  const random = seededRandom(seed);
  const isNobody = random() < shareNobodyAnswers;
  const asksForCall = random() < shareAsksForCall;
  const afterMs = isNobody ? null : Math.round(2_000 + slowestMs * random() ** 2);
  return { afterMs, asksForCall, person: random() };
}

type Said = 'delivered' | 'shown' | 'answered' | 'call-asked';

/** 模拟应答. What stands behind a simulated terminal's kiosk: it rings, and somebody answers by PIN. */
export class VillageChecks {
  readonly #region: string;
  readonly #terminal: Terminal;
  /** Checks taken up, newest last; bounded by what a desired document names. */
  readonly #taken = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #onFault: (error: unknown) => void;
  readonly #unlisten: () => void;
  readonly #plan: (region: string, checkId: string) => CheckReply;

  constructor(
    region: string,
    terminal: Terminal,
    {
      onFault,
      plan = planCheckReply,
    }: {
      readonly onFault: (error: unknown) => void;
      readonly plan?: (region: string, checkId: string) => CheckReply;
    },
  ) {
    this.#region = region;
    this.#terminal = terminal;
    this.#onFault = onFault;
    this.#plan = plan;
    this.#unlisten = terminal.onChange(() => this.#look());
    this.#look();
  }

  [Symbol.dispose](): void {
    this.#unlisten();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #look(): void {
    const desired = this.#terminal.desired();
    // Whether it is open is told by the server's time: it is heard with the first acknowledgement.
    if (desired?.checks === undefined || !this.#terminal.state().clockCertain) return;
    const told = new Set(desired.checks.map(({ checkId }) => checkId));
    for (const checkId of this.#taken) if (!told.has(checkId)) this.#taken.delete(checkId);
    for (const check of desired.checks) {
      if (this.#taken.has(check.checkId) || check.withdrawn === true) continue;
      this.#taken.add(check.checkId);
      this.#meet(check, desired).catch(this.#onFault);
    }
  }

  async #meet(check: TerminalCheck, desired: Desired): Promise<void> {
    const isOld = msUntil(this.#terminal, check.until) <= 0;
    // A simulator that starts again has forgotten what it said; what is over was said before.
    if (isOld && msUntil(this.#terminal, check.orderedAt) < -forgottenMs) return;
    await this.#say(check, 'delivered');
    if (isOld) return;
    await this.#say(check, 'shown');
    const { afterMs, asksForCall, person } = this.#plan(this.#region, check.checkId);
    const who = desired.people[Math.floor(person * desired.people.length)];
    if (afterMs === null) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (msUntil(this.#terminal, check.until) <= 0 || this.#isWithdrawn(check)) return;
      const said =
        asksForCall || who === undefined
          ? this.#say(check, 'call-asked')
          : this.#say(check, 'answered', who.personId);
      said.catch(this.#onFault);
    }, afterMs);
    this.#timers.add(timer);
  }

  #isWithdrawn({ checkId }: TerminalCheck): boolean {
    const checks = this.#terminal.desired()?.checks ?? [];
    return checks.some((one) => one.checkId === checkId && one.withdrawn === true);
  }

  async #say({ checkId }: TerminalCheck, said: Said, personId?: string): Promise<void> {
    const { terminalId } = this.#terminal.state();
    if (terminalId === null) return;
    const at = { checkId, terminalId, simulated: true } as const;
    const stream = spotCheckStream(this.#region, checkId);
    const draft: RecordDraft =
      said === 'answered'
        ? {
            stream,
            type: 'spot-check.answered',
            actor: `person:${personId ?? ''}`,
            data: { ...at, personId: personId ?? '', method: 'pin' },
          }
        : { stream, type: `spot-check.${said}`, actor: `terminal:${terminalId}`, data: at };
    const kept: Fact | Refusal = await this.#terminal.record(draft);
    if (isRefusal(kept)) throw new Error(`${this.#region} could not keep a fact: ${kept.code}.`);
  }
}

const forgottenMs = 3_600_000;

/** By the terminal's own clock; below zero = past. */
function msUntil(terminal: Terminal, instant: string): number {
  const now = Temporal.Instant.from(terminal.clock.now().at);
  return now.until(Temporal.Instant.from(instant)).total('milliseconds');
}
