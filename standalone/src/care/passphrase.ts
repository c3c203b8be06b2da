import { readFile, stat } from 'node:fs/promises';

const lettersAtLeast = 12;
const bytesAtMost = 4_096;

/** The first line of the file. Throws a sentence where it cannot be read or is too short to guard anything. */
export async function readPassphrase(file: string | null): Promise<string | null> {
  if (file === null) return null;
  const text = await readLine(file);
  if (text.length >= lettersAtLeast) return text;
  throw new Error(
    `The passphrase in ${file} has ${text.length} letters; ${lettersAtLeast} are needed.`,
  );
}

async function readLine(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > bytesAtMost) throw new Error(`it has ${size} bytes`);
    return (await readFile(file, 'utf8')).split(/\r?\n/, 1)[0] ?? '';
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The passphrase file ${file} cannot be used: ${why}.`, { cause });
  }
}
