import {
  refuse,
  type CourseFile,
  type CoursePackage,
  type Refusal,
  type TerminalCourse,
} from '@sightline/contracts';
import type { CourseRecords } from '#course/course-records.ts';
import type { NamedFile, PackageFiles } from '#course/package-files.ts';

export interface LibraryParts {
  /** What the newest document names. */
  readonly courses: () => readonly TerminalCourse[];
  readonly files: PackageFiles;
  readonly records: CourseRecords;
}

/** Room that packages may take, and room that stays free for facts and everything else. */
export interface DiskLimits {
  readonly diskBytes: number;
  readonly headroomBytes: number;
}

/** 课程库. What of the named courses is on the disk, what is missing, and what is wanted no more. */
export class CourseLibrary {
  readonly #parts: LibraryParts;
  readonly #manifests = new Map<string, CoursePackage>();

  constructor(parts: LibraryParts) {
    this.#parts = parts;
  }

  courses(): readonly TerminalCourse[] {
    return this.#parts.courses();
  }

  /** The manifest of a course that is here whole; null = it is not. */
  manifest(courseId: string): CoursePackage | null {
    const course = this.courses().find((one) => one.courseId === courseId);
    return course !== undefined && this.isReady(course)
      ? (this.#manifests.get(course.manifest.sha256) ?? null)
      : null;
  }

  /** A file that a course here shows, and where it lies. */
  file(courseId: string, sha256: string): (CourseFile & { readonly path: string }) | null {
    const file = this.manifest(courseId)?.files.find((one) => one.sha256 === sha256);
    return file === undefined ? null : { ...file, path: this.#parts.files.pathOf(file) };
  }

  /** What is to be fetched; the manifest alone where it is not here, for it names the rest. */
  missing({ manifest }: TerminalCourse): NamedFile[] {
    const all = [manifest, ...(this.#manifests.get(manifest.sha256)?.files ?? [])];
    return all.filter((file) => !this.#parts.files.isSound(file));
  }

  isReady(course: TerminalCourse): boolean {
    return this.#manifests.has(course.manifest.sha256) && this.missing(course).length === 0;
  }

  doneBytes(course: TerminalCourse): number {
    if (!this.#manifests.has(course.manifest.sha256)) return 0;
    const owed = this.missing(course).reduce(
      (sum, file) => sum + file.bytes - this.#parts.records.doneOf(file.sha256),
      0,
    );
    return Math.max(0, course.bytes - owed);
  }

  /**
   * Reads every file, or those alone that were not read yet: disks forget. What is not what its name says
   * is gone afterwards.
   */
  async check(how: { readonly isAnew: boolean; readonly signal: AbortSignal }): Promise<void> {
    const { files } = this.#parts;
    const checkEach = async (some: Iterable<NamedFile>): Promise<void> => {
      for (const file of some) {
        if (how.signal.aborted) return;
        if (how.isAnew || !files.isSound(file)) await files.check(file);
      }
    };
    await checkEach(this.courses().map(({ manifest }) => manifest));
    await this.load();
    await checkEach(this.#shown().values());
  }

  /** Takes up manifests that came. One that speaks of another course is no manifest of this one. */
  async load(): Promise<void> {
    for (const { courseId, version, manifest } of this.courses()) {
      if (this.#manifests.has(manifest.sha256)) continue;
      const found = await this.#parts.files.readManifest(manifest);
      if (found?.courseId === courseId && found.version === version) {
        this.#manifests.set(manifest.sha256, found);
      }
    }
  }

  /**
   * Takes away what no course shows any more, once every manifest is here: before that nobody knows which
   * files a new version goes on showing.
   */
  async sweep(): Promise<void> {
    const named = this.courses().map(({ manifest }) => manifest.sha256);
    if (!named.every((sha256) => this.#manifests.has(sha256))) return;
    for (const sha256 of this.#manifests.keys()) {
      if (!named.includes(sha256)) this.#manifests.delete(sha256);
    }
    const wanted = new Set([...named, ...this.#shown().keys()]);
    const halves = await this.#parts.files.sweep(wanted);
    for (const sha256 of halves) this.#parts.records.forgetPart(sha256);
  }

  /** Null = there is room for what is missing. */
  refuseRoom(
    missing: readonly NamedFile[],
    { diskBytes, headroomBytes }: DiskLimits,
  ): Refusal | null {
    const { files, records } = this.#parts;
    const sum = (some: readonly NamedFile[]): number =>
      some.reduce((bytes, file) => bytes + file.bytes, 0);
    const here = [...this.#shown().values()].filter((file) => files.isSound(file));
    const halves = missing.reduce((bytes, file) => bytes + records.doneOf(file.sha256), 0);
    const isWithin = sum(here) + sum(missing) <= diskBytes;
    const isRoom = files.freeBytes() + halves - sum(missing) >= headroomBytes;
    return isWithin && isRoom ? null : refuse('no-space', 'There is no room for this course.');
  }

  /** Every film and picture of a known manifest, by hash. */
  #shown(): Map<string, NamedFile> {
    const files = this.courses().flatMap(
      ({ manifest }) => this.#manifests.get(manifest.sha256)?.files ?? [],
    );
    return new Map(files.map((file) => [file.sha256, file]));
  }
}
