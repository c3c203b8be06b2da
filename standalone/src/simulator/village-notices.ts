import { createHash } from 'node:crypto';
import {
  isRefusal,
  noticeStream,
  type Desired,
  type Fact,
  type Refusal,
  type TerminalNotice,
} from '@sightline/contracts';
import type { RecordDraft, Terminal } from '@sightline/edge-agent';
import { seededRandom } from '#demo/random.ts';

/** When a simulated village reads one notice, in milliseconds after it came; null = not. */
export interface NoticeReply {
  readonly afterMs: number | null;
  /** Of the village's people, 0 ≤ n < 1. */
  readonly person: number;
}

const shareReads = 0.8;
const slowestMs = 120_000;

/** The same village reads the same notice the same way on every machine. */
export function planNoticeReply(region: string, noticeId: string): NoticeReply {
  const seed = createHash('sha256').update(`${region} ${noticeId}`).digest().readUInt32LE();
  const random = seededRandom(seed);
  const isRead = random() < shareReads;
  const afterMs = isRead ? Math.round(3_000 + slowestMs * random() ** 2) : null;
  return { afterMs, person: random() };
}

/** A simulator that starts again has forgotten what it said; what is older was said before. */
const forgottenMs = 3_600_000;

/** 模拟签收. What stands behind a simulated terminal's kiosk: a notice comes, and mostly it is read. */
export class VillageNotices {
  readonly #region: string;
  readonly #terminal: Terminal;
  /** Notices taken up; bounded by what a desired document names. */
  readonly #taken = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #onFault: (error: unknown) => void;
  readonly #unlisten: () => void;

  constructor(region: string, terminal: Terminal, onFault: (error: unknown) => void) {
    this.#region = region;
    this.#terminal = terminal;
    this.#onFault = onFault;
    this.#unlisten = terminal.onChange(() => this.#look());
    this.#look();
  }

  [Symbol.dispose](): void {
    this.#unlisten();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #look(): void {
    const desired = this.#terminal.desired();
    // How old one is, is told by the server's time: it is heard with the first acknowledgement.
    if (desired?.notices === undefined || !this.#terminal.state().clockCertain) return;
    const told = new Set(desired.notices.map(({ noticeId }) => noticeId));
    for (const noticeId of this.#taken) if (!told.has(noticeId)) this.#taken.delete(noticeId);
    for (const notice of desired.notices) {
      if (this.#taken.has(notice.noticeId)) continue;
      this.#taken.add(notice.noticeId);
      this.#meet(notice, desired).catch(this.#onFault);
    }
  }

  async #meet(notice: TerminalNotice, desired: Desired): Promise<void> {
    const now = Temporal.Instant.from(this.#terminal.clock.now().at);
    const age = now.since(Temporal.Instant.from(notice.postedAt)).total('milliseconds');
    if (age > forgottenMs) return;
    await this.#say(notice, 'notice.delivered', null);
    const { afterMs, person } = planNoticeReply(this.#region, notice.noticeId);
    const who = desired.people[Math.floor(person * desired.people.length)]?.personId ?? null;
    if (afterMs === null || (notice.level === 'important' && who === null)) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#taken.has(notice.noticeId)) return; // Withdrawn meanwhile.
      const by = notice.level === 'important' ? who : null;
      this.#say(notice, 'notice.read', by).catch(this.#onFault);
    }, afterMs);
    this.#timers.add(timer);
  }

  async #say(
    { noticeId }: TerminalNotice,
    type: 'notice.delivered' | 'notice.read',
    personId: string | null,
  ): Promise<void> {
    const { terminalId } = this.#terminal.state();
    if (terminalId === null) return;
    const draft: RecordDraft = {
      stream: noticeStream(this.#region, noticeId),
      type,
      actor: personId === null ? `terminal:${terminalId}` : `person:${personId}`,
      data: {
        noticeId,
        terminalId,
        simulated: true,
        ...(personId === null ? {} : { personId, method: 'pin' }),
      },
    };
    const kept: Fact | Refusal = await this.#terminal.record(draft);
    if (isRefusal(kept)) throw new Error(`${this.#region} could not keep a fact: ${kept.code}.`);
  }
}
