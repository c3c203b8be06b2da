import { rm } from 'node:fs/promises';
import { courseFileTypes, refuse, type CourseFileType, type Refusal } from '@sightline/contracts';
import { prepareFilm } from './prepare-film.ts';
import { preparePicture } from './prepare-picture.ts';

/** How far a whole upload is: films come one after another. */
export interface Preparing {
  readonly state: 'waiting' | 'working' | 'ready';
  /** Of the work, from 0 to 1. */
  readonly share: number;
}

interface Job {
  preparing: Preparing;
  refusal: Refusal | null;
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/** Where what was made of an upload lies until it has its place. */
export const preparedPath = (path: string): string => `${path}.ready`;

/** 检查和转码: makes of each whole upload the file that terminals get; films one at a time, in their order. */
export class Preparer implements AsyncDisposable {
  readonly #jobs = new Map<string, Job>();
  readonly #onFault: (fault: unknown) => void;
  #films: Promise<void> = Promise.resolve();

  constructor(onFault: (fault: unknown) => void) {
    this.#onFault = onFault;
  }

  /** Of the upload at this path; null = nobody began it. */
  look(path: string): Preparing | Refusal | null {
    const job = this.#jobs.get(path);
    return job === undefined ? null : (job.refusal ?? job.preparing);
  }

  /** Begins; one that was begun goes on. */
  begin(path: string, type: CourseFileType): void {
    if (this.#jobs.has(path)) return;
    const stop = new AbortController();
    const isFilm = type.startsWith('video/');
    const before = isFilm ? this.#films : Promise.resolve();
    const done = before
      .then(() => this.#work(path, type))
      .catch((fault) => this.#fail(path, fault));
    if (isFilm) this.#films = done;
    const preparing: Preparing = { state: 'waiting', share: 0 };
    this.#jobs.set(path, { preparing, refusal: null, stop, done });
  }

  /** Ends the work and forgets it; resolves when nothing of it runs. */
  async forget(path: string): Promise<void> {
    const job = this.#jobs.get(path);
    if (job === undefined) return;
    job.stop.abort();
    // A film that still waits behind others has nothing to be waited for.
    if (job.preparing.state !== 'waiting') await job.done;
    this.#jobs.delete(path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#jobs.keys()].map((path) => this.forget(path)));
  }

  #fail(path: string, fault: unknown): void {
    this.#onFault(fault);
    const job = this.#jobs.get(path);
    if (job === undefined) return;
    job.refusal = refuse(
      'upload-failed',
      'The server could not prepare this file. It has been logged; send it again.',
    );
  }

  async #work(path: string, type: CourseFileType): Promise<void> {
    const job = this.#jobs.get(path);
    if (job === undefined || job.stop.signal.aborted) return;
    job.preparing = { state: 'working', share: 0 };
    const order = { from: path, type, to: preparedPath(path) };
    const refusal = type.startsWith('video/')
      ? await prepareFilm({
          ...order,
          maximumBytes: courseFileTypes[type],
          signal: job.stop.signal,
          onProgress: (share) => (job.preparing = { state: 'working', share }),
        })
      : await preparePicture(order);
    if (refusal === null) job.preparing = { state: 'ready', share: 1 };
    else {
      job.refusal = refusal;
      await rm(order.to, { force: true });
    }
  }
}
