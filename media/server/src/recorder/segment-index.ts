import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RecordedSegment } from '@sightline/contracts';
import { Compile } from 'typebox/compile';

const segmentCheck = Compile(RecordedSegment);

/** What a recording has on disk, and what of it the centre acknowledged: one line a thing, only ever added to. */
export class SegmentIndex {
  readonly #file: string;
  readonly #segments = new Map<string, RecordedSegment>();
  readonly #told = new Set<string>();

  private constructor(file: string) {
    this.#file = file;
  }

  static open(recordingDir: string): SegmentIndex {
    mkdirSync(recordingDir, { recursive: true });
    const index = new SegmentIndex(join(recordingDir, 'index.jsonl'));
    for (const line of readLines(index.#file)) index.#read(line);
    return index;
  }

  get(seatId: string, no: number): RecordedSegment | null {
    return this.#segments.get(keyOf({ seatId, no })) ?? null;
  }

  /** Those the centre has not acknowledged. */
  untold(): readonly RecordedSegment[] {
    return [...this.#segments.values()].filter((segment) => !this.#told.has(keyOf(segment)));
  }

  add(segment: RecordedSegment): void {
    this.#segments.set(keyOf(segment), segment);
    appendFileSync(this.#file, `${JSON.stringify(segment)}\n`);
  }

  told(of: { readonly seatId: string; readonly no: number }): void {
    this.#told.add(keyOf(of));
    appendFileSync(this.#file, `${JSON.stringify({ told: keyOf(of) })}\n`);
  }

  #read(line: string): void {
    const value = parse(line);
    if (segmentCheck.Check(value)) this.#segments.set(keyOf(value), value);
    else if (typeof value === 'object' && value !== null && 'told' in value) {
      this.#told.add(String(value.told));
    }
  }
}

function keyOf({ seatId, no }: { readonly seatId: string; readonly no: number }): string {
  return `${seatId} ${no}`;
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The last line of a process that was killed: its segment is found again on disk.
    return null;
  }
}
