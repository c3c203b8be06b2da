import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Engine } from './detect-engine.ts';

export interface Migration {
  /** 0001-log */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, hex: the same on every engine. */
  readonly checksum: string;
}

const ownDirectory = new URL('../../migrations/', import.meta.url);

/** The migrations of a folder in their order. Throws on a gap or a doubled number. */
export async function readMigrations(directory: URL = ownDirectory): Promise<Migration[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.sql')).toSorted();
  return Promise.all(
    files.map(async (file, index) => {
      if (Number(/^(\d{4})-/.exec(file)?.[1]) !== index + 1) {
        throw new Error(
          `The migration ${file} is out of order: number ${String(index + 1).padStart(4, '0')} is expected.`,
        );
      }
      const sql = await readFile(new URL(file, directory), 'utf8');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { name: file.slice(0, -'.sql'.length), sql, checksum };
    }),
  );
}

/**
 * Keeps what is meant for this engine. A migration may hold sections, each marker alone on its line:
 * `-- if timescaledb` or `-- if timescaledb community`, `-- else`, `-- end`. They do not nest.
 */
export function selectForEngine(sql: string, engine: Engine): string {
  const kept: string[] = [];
  let section: 'none' | 'taken' | 'skipped' = 'none';
  for (const line of sql.split('\n')) {
    const word = /^-- (if timescaledb(?: community)?|else|end)\s*$/.exec(line)?.[1];
    if (word === undefined) {
      if (section !== 'skipped') kept.push(line);
      continue;
    }
    if (word.startsWith('if') !== (section === 'none')) {
      throw new Error(`The section marker "${line}" of a migration stands in the wrong place.`);
    }
    if (word === 'end') section = 'none';
    else if (word === 'else') section = section === 'taken' ? 'skipped' : 'taken';
    else section = isMeantFor(word, engine) ? 'taken' : 'skipped';
  }
  if (section !== 'none') throw new Error('A section of a migration is not closed with "-- end".');
  return kept.join('\n');
}

function isMeantFor(word: string, engine: Engine): boolean {
  return word.endsWith('community') ? engine.timescale === 'community' : engine.timescale !== null;
}
