import { join } from 'node:path';
import { uuidPattern } from '@sightline/contracts';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { readFileIfThere } from '#identity/read-file-if-there.ts';
import { writeWholeFile } from '#identity/write-whole-file.ts';

/** What this machine's boot learned of the server's time; another boot knows nothing of it. */
const Anchor = Type.Object({
  bootId: Type.String({ pattern: uuidPattern }),
  offsetMs: Type.Integer(),
});
type Anchor = Static<typeof Anchor>;

const check = Compile(Anchor);

/** The offset of that boot, or null when it was never anchored. */
export async function readAnchor(dir: string, bootId: string): Promise<number | null> {
  const anchor = parse((await readFileIfThere(fileOf(dir))) ?? 'null');
  return check.Check(anchor) && anchor.bootId === bootId ? anchor.offsetMs : null;
}

export async function writeAnchor(dir: string, anchor: Anchor): Promise<void> {
  await writeWholeFile(fileOf(dir), JSON.stringify(anchor));
}

function fileOf(dir: string): string {
  return join(dir, 'clock.json');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Damaged: the boot counts as never anchored, and is anchored again.
  }
}
