import { join } from 'node:path';
import { SelfTest } from '@sightline/contracts';
import { Compile } from 'typebox/compile';
import { readFileIfThere } from '#identity/read-file-if-there.ts';
import { writeWholeFile } from '#identity/write-whole-file.ts';

const check = Compile(SelfTest);

/** 设备自检. The last self-test of this terminal, kept over restarts. */
export class SelfTests {
  readonly #file: string;
  #last: SelfTest | null;

  private constructor(file: string, last: SelfTest | null) {
    this.#file = file;
    this.#last = last;
  }

  /** A file that is no self-test counts as none: the next one replaces it. */
  static async open(dir: string): Promise<SelfTests> {
    const file = join(dir, 'self-test.json');
    return new SelfTests(file, parse(await readFileIfThere(file)));
  }

  last(): SelfTest | null {
    return this.#last;
  }

  async note(test: SelfTest): Promise<void> {
    await writeWholeFile(this.#file, JSON.stringify(test));
    this.#last = test;
  }
}

function parse(text: string | null): SelfTest | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return check.Check(value) ? value : null;
  } catch {
    return null;
  }
}
