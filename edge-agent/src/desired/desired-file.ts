import { Desired } from '@sightline/contracts';
import { Compile } from 'typebox/compile';
import { readFileIfThere } from '#identity/read-file-if-there.ts';
import { writeWholeFile } from '#identity/write-whole-file.ts';

const check = Compile(Desired);

/** The last desired state this terminal took over, so that it works offline after a restart. */
export async function readDesiredFile(file: string): Promise<Desired | null> {
  const text = await readFileIfThere(file);
  return text === null ? null : parseDesired(text);
}

export async function writeDesiredFile(file: string, desired: Desired): Promise<void> {
  await writeWholeFile(file, JSON.stringify(desired));
}

/** The document in a text, or null when it is none. */
export function parseDesired(text: string): Desired | null {
  try {
    const desired: unknown = JSON.parse(text);
    return check.Check(desired) ? desired : null;
  } catch {
    return null;
  }
}
