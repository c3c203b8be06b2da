import {
  backoffMs,
  courseStream,
  isRefusal,
  refuse,
  type PackageState,
  type Refusal,
  type TerminalCourse,
} from '@sightline/contracts';
import { CourseLibrary, type DiskLimits } from '#course/course-library.ts';
import { CourseRecords } from '#course/course-records.ts';
import { fetchFile } from '#course/fetch-file.ts';
import { PackageFiles, type NamedFile } from '#course/package-files.ts';
import { isDownloadTime, type NightWindow } from '#domain/course.ts';
import { limits } from '#limits.ts';
import type { Terminal, TerminalLog } from '#terminal.ts';

/** How a terminal fetches courses. */
export interface CourseSettings extends DiskLimits {
  readonly night: NightWindow;
  /** 限速. */
  readonly bytesPerS: number;
}

export interface KeeperParts {
  readonly dir: string;
  readonly terminal: Pick<Terminal, 'desired' | 'state' | 'record' | 'sign' | 'clock' | 'onChange'>;
  readonly brokerHttpUrl: string;
  readonly settings: CourseSettings;
  readonly log: TerminalLog;
  /** [0, 1) */
  readonly randomness?: (() => number) | undefined;
}

export interface PackageReport {
  readonly state: PackageState;
  readonly doneBytes: number;
}

const pace = { firstMs: limits.course.retryFirstMs, lastMs: limits.course.retryLastMs };

/**
 * 课程包 at the terminal: what the document names is fetched at night or when somebody asks, checked by
 * hash, told once, and taken away when the document names it no more.
 */
export class CourseKeeper implements AsyncDisposable {
  readonly records: CourseRecords;
  readonly library: CourseLibrary;
  readonly #parts: KeeperParts;
  readonly #files: PackageFiles;
  readonly #stop = new AbortController();
  readonly #listeners = new Set<() => void>();
  /** By course: what the last try said, where it was a no. */
  readonly #refusals = new Map<string, Refusal>();
  #downloading: string | null = null;
  #isAsked = false;
  #failures = 0;
  #notBeforeMs = 0;
  /** The manifests that were named when files were read last. */
  #checked: string | null = null;
  #work: Promise<void> = Promise.resolve();
  #isLooking = false;
  #mustLookAgain = false;
  #clean: () => void = () => {};

  /** After `KioskRecords.open`. Nothing is waited for but the disk's folder. */
  static async open(parts: KeeperParts): Promise<CourseKeeper> {
    const keeper = new CourseKeeper(parts, await PackageFiles.open(parts.dir));
    const unlisten = parts.terminal.onChange(() => keeper.look());
    const looking = setInterval(() => keeper.look(), limits.course.lookMs);
    keeper.#clean = () => {
      unlisten();
      clearInterval(looking);
    };
    keeper.look();
    return keeper;
  }

  private constructor(parts: KeeperParts, files: PackageFiles) {
    this.#parts = parts;
    this.#files = files;
    this.records = CourseRecords.open(parts.dir);
    const courses = () => parts.terminal.desired()?.courses ?? [];
    this.library = new CourseLibrary({ courses, files, records: this.records });
  }

  report(course: TerminalCourse): PackageReport {
    return { state: this.#stateOf(course), doneBytes: this.library.doneBytes(course) };
  }

  /** 立即下载. Refused without a link; the page shows how far it is. */
  downloadNow(): Refusal | null {
    if (this.#parts.terminal.state().link.state !== 'up') {
      return refuse('no-link', 'The terminal is not connected: courses come when it is.');
    }
    this.#isAsked = true;
    this.#failures = 0;
    this.#notBeforeMs = 0;
    this.look();
    return null;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Does what is to be done now, one round at a time. */
  look(): void {
    this.#mustLookAgain = true;
    if (this.#isLooking || this.#stop.signal.aborted) return;
    this.#isLooking = true;
    this.#work = this.#rounds().finally(() => {
      this.#isLooking = false;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#clean();
    this.#stop.abort();
    await this.#work;
    this.records[Symbol.dispose]();
  }

  async #rounds(): Promise<void> {
    while (this.#mustLookAgain && !this.#stop.signal.aborted) {
      this.#mustLookAgain = false;
      try {
        await this.#round();
      } catch (fault) {
        this.#noteFault(fault);
      }
    }
  }

  async #round(): Promise<void> {
    if (this.#parts.terminal.desired() === null) return;
    if (this.#checked !== this.#named()) await this.#check({ isAnew: false });
    await this.library.sweep();
    if (this.#mayFetch()) await this.#fetchAll();
    await this.#tellDownloads();
  }

  #named(): string {
    return this.library
      .courses()
      .map(({ manifest }) => manifest.sha256)
      .join();
  }

  /** At the start and when other courses are named; all files once more before each fetching. */
  async #check({ isAnew }: { readonly isAnew: boolean }): Promise<void> {
    const named = this.#named();
    await this.library.check({ isAnew, signal: this.#stop.signal });
    this.#checked = named;
    this.#tell();
  }

  #isOwed(): boolean {
    return this.library.courses().some((course) => !this.library.isReady(course));
  }

  #mayFetch(): boolean {
    const { terminal, settings } = this.#parts;
    const { link, terminalId } = terminal.state();
    if (link.state !== 'up' || terminalId === null || !this.#isOwed()) return false;
    if (performance.now() < this.#notBeforeMs) return false;
    const now = Temporal.Instant.from(terminal.clock.now().at);
    return this.#isAsked || isDownloadTime(now, terminalId, settings.night);
  }

  /** Manifests first: they say what else is to come and what may go. */
  async #fetchAll(): Promise<void> {
    const { library } = this;
    this.#refusals.clear();
    await this.#check({ isAnew: true });
    for (const course of library.courses()) await this.#fetch(course, [course.manifest]);
    await library.load();
    await library.sweep();
    for (const course of library.courses()) {
      const missing = library.missing(course);
      if (missing.length === 0 || this.#refusals.has(course.courseId)) continue;
      const refusal = library.refuseRoom(missing, this.#parts.settings);
      if (refusal === null) await this.#fetch(course, missing);
      else this.#refusals.set(course.courseId, refusal);
    }
    // What came wrong comes again at once; what has no room waits for the night.
    this.#isAsked &&= [...this.#refusals.values()].some(({ code }) => code === 'corrupt-file');
    if (this.#isOwed()) this.#wait();
    else this.#failures = 0;
    this.#tell();
  }

  async #fetch(course: TerminalCourse, wanted: readonly NamedFile[]): Promise<void> {
    const { settings, terminal, brokerHttpUrl, log } = this.#parts;
    const { bytesPerS } = settings;
    const onBytes = (): void => this.#tell();
    const source = { terminal, brokerHttpUrl, files: this.#files, records: this.records };
    this.#downloading = course.courseId;
    this.#tell();
    try {
      for (const file of wanted) {
        if (this.#files.isSound(file)) continue;
        const parts = { ...source, bytesPerS, onBytes };
        const refusal = await fetchFile(parts, file, this.#stop.signal);
        if (refusal === null) continue;
        log.warn({ code: refusal.code, courseId: course.courseId }, refusal.detail);
        this.#refusals.set(course.courseId, refusal);
        return;
      }
    } finally {
      this.#downloading = null;
    }
  }

  #stateOf(course: TerminalCourse): PackageState {
    if (this.library.isReady(course)) return 'ready';
    if (this.#downloading === course.courseId) return 'downloading';
    const refusal = this.#refusals.get(course.courseId);
    if (refusal?.code === 'no-space') return 'no-space';
    return refusal === undefined && this.#failures === 0 ? 'waiting' : 'failed';
  }

  /** 已下载, said once a version; a fall between keeping the fact and noting it says it twice. */
  async #tellDownloads(): Promise<void> {
    const { terminal } = this.#parts;
    const { terminalId, region, simulated } = terminal.state();
    if (terminalId === null || region === null) return;
    for (const course of this.library.courses()) {
      const { courseId, version } = course;
      if (!this.library.isReady(course) || this.records.isTold(courseId, version)) continue;
      const fact = await terminal.record({
        stream: courseStream(region, courseId),
        type: 'course.downloaded',
        actor: `terminal:${terminalId}`,
        data: { courseId, version, terminalId, ...(simulated ? { simulated: true } : {}) },
      });
      if (isRefusal(fact)) return; // The outbox says why; the next look tries again.
      this.records.noteTold(courseId, version, fact.at);
    }
  }

  #noteFault(fault: unknown): void {
    if (this.#stop.signal.aborted) return;
    this.#parts.log.warn({ err: fault }, 'Courses could not be fetched; trying again.');
    this.#wait();
    this.#tell();
  }

  #wait(): void {
    const { randomness = Math.random } = this.#parts;
    const waitMs = backoffMs(this.#failures, randomness(), pace);
    this.#failures += 1;
    this.#notBeforeMs = performance.now() + waitMs;
    setTimeout(() => this.look(), waitMs).unref();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
