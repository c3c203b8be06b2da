import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Takes the data directory for this process alone. The lock is SQLite's on an empty file, because
 * Node has none of its own and the kernel gives this one back however the process ends. Throws a
 * sentence naming the holder when another process has it.
 */
export function takeOpenLock(dataDir: string): Disposable {
  const database = new DatabaseSync(join(dataDir, 'open.lock'), { timeout: 0 });
  const ownerFile = join(dataDir, 'open.pid');
  try {
    database.exec('pragma journal_mode = memory; begin exclusive');
  } catch (cause) {
    database.close();
    throw new Error(
      `The data directory ${dataDir} is open in process ${readOwner(ownerFile)}. ` +
        `Stop that one first, or choose another directory with --data.`,
      { cause },
    );
  }
  writeFileSync(ownerFile, `${process.pid}\n`);
  return {
    [Symbol.dispose]() {
      if (database.isOpen) database.close();
    },
  };
}

function readOwner(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '(unknown)';
  }
}
