import { createHash, randomUUID } from 'node:crypto';
import { courseStream, isRefusal, type TerminalCourse } from '@sightline/contracts';
import type { RecordDraft, Terminal } from '@sightline/edge-agent';
import { seededRandom } from '#demo/random.ts';

/** What a simulated village makes of one course, in milliseconds after it came. */
export interface CoursePlan {
  readonly downloadMs: number;
  /** Of each person who hands in a quiz: when, and which share of the questions is right. */
  readonly attempts: readonly { readonly afterMs: number; readonly rightShare: number }[];
}

const slowestDownloadMs = 60_000;
const slowestAttemptMs = 240_000;
const shareLearns = 0.6;

/** The same village learns the same course the same way on every machine. */
export function planCourse(region: string, courseId: string, people: number): CoursePlan {
  const seed = createHash('sha256').update(`${region} ${courseId}`).digest().readUInt32LE();
  const random = seededRandom(seed);
  const downloadMs = Math.round(2_000 + slowestDownloadMs * random() ** 2);
  const each = Array.from({ length: people }, () => ({
    learns: random() < shareLearns,
    afterMs: downloadMs + Math.round(5_000 + slowestAttemptMs * random()),
    rightShare: 0.4 + 0.6 * random(),
  }));
  const attempts = each.filter(({ learns }) => learns);
  return {
    downloadMs,
    attempts: attempts.map(({ afterMs, rightShare }) => ({ afterMs, rightShare })),
  };
}

/** A simulator that starts again has forgotten what it said; what is older was said before. */
const forgottenMs = 3_600_000;

/**
 * 模拟学习. What stands behind a simulated terminal's kiosk: a course comes, and some people hand in its
 * quiz. No file is fetched: 670 villages of one machine would fill its disk.
 */
export class VillageCourses {
  readonly #region: string;
  readonly #terminal: Terminal;
  /** Courses taken up; bounded by what a desired document names. */
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
    if (desired === null || !this.#terminal.state().clockCertain) return;
    const courses = desired.courses ?? [];
    const told = new Set(courses.map(keyOf));
    for (const key of this.#taken) if (!told.has(key)) this.#taken.delete(key);
    for (const course of courses) {
      if (this.#taken.has(keyOf(course))) continue;
      this.#taken.add(keyOf(course));
      this.#meet(
        course,
        desired.people.map(({ personId }) => personId),
      );
    }
  }

  #meet(course: TerminalCourse, people: readonly string[]): void {
    const now = Temporal.Instant.from(this.#terminal.clock.now().at);
    const age = now.since(Temporal.Instant.from(course.assignedAt)).total('milliseconds');
    if (age > forgottenMs) return;
    const { downloadMs, attempts } = planCourse(this.#region, keyOf(course), people.length);
    const { terminalId } = this.#terminal.state();
    if (terminalId === null) return;
    const { courseId, version } = course;
    const data = { courseId, version, terminalId, simulated: true } as const;
    const stream = courseStream(this.#region, courseId);
    const actor = `terminal:${terminalId}`;
    this.#later(course, downloadMs, { stream, type: 'course.downloaded', actor, data });
    for (const [nth, { afterMs, rightShare }] of attempts.entries()) {
      const personId = people[nth];
      if (personId === undefined) continue;
      const score = Math.round(course.questions * rightShare);
      const passed = score * 100 >= course.passPercent * course.questions;
      const attempt = { attemptId: randomUUID(), personId, method: 'pin' } as const;
      this.#later(course, afterMs, {
        stream,
        type: 'course.completed',
        actor: `person:${personId}`,
        data: { ...data, ...attempt, score, of: course.questions, passed },
      });
    }
  }

  #later(course: TerminalCourse, afterMs: number, draft: RecordDraft): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#taken.has(keyOf(course))) return; // Withdrawn meanwhile.
      this.#say(draft).catch(this.#onFault);
    }, afterMs);
    this.#timers.add(timer);
  }

  async #say(draft: RecordDraft): Promise<void> {
    const kept = await this.#terminal.record(draft);
    if (isRefusal(kept)) throw new Error(`${this.#region} could not keep a fact: ${kept.code}.`);
  }
}

function keyOf({ courseId, version }: TerminalCourse): string {
  return `${courseId} ${version}`;
}
