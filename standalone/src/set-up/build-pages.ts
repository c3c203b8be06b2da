import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Rooms with pages, and the rooms their pages are made of. */
const pageRooms = ['edge-agent', 'command-center'] as const;
const ingredients = ['contracts/src', 'look/src', 'media/client'] as const;

/** Builds the pages whose sources changed since they were built last. Returns how many were built. */
export async function buildPages(
  rootDir: string,
  report: (measured: string) => void,
): Promise<number> {
  let built = 0;
  for (const room of pageRooms) {
    if (!existsSync(join(rootDir, room, 'vite.config.ts'))) continue;
    const hash = await hashOf(rootDir, {
      files: ['package-lock.json', `${room}/vite.config.ts`],
      folders: [...ingredients, `${room}/ui`, `${room}/src/domain`],
    });
    const stamp = join(rootDir, room, 'dist', '.sources');
    if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === hash) continue;
    await runVite(join(rootDir, room), (modules) => report(`${room}: ${modules} modules`));
    await writeFile(stamp, hash);
    built += 1;
  }
  report(`${built} of ${pageRooms.length} page sets built anew`);
  return built;
}

async function hashOf(
  rootDir: string,
  { files, folders }: { readonly files: readonly string[]; readonly folders: readonly string[] },
): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(join(rootDir, file)));
  for (const folder of folders) {
    const dir = join(rootDir, folder);
    if (!existsSync(dir)) continue;
    const names = (await readdir(dir, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted();
    for (const name of names) hash.update(name.slice(rootDir.length)).update(await readFile(name));
  }
  return hash.digest('hex');
}

/** Vite runs as its own process: its memory goes away with it. */
function runVite(roomDir: string, onModules: (count: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const program = join(roomDir, '..', 'node_modules', 'vite', 'bin', 'vite.js');
    const child = spawn(process.execPath, [program, 'build', '--logLevel', 'info'], {
      cwd: roomDir,
      // A test's own NODE_ENV would build the libraries' development pages, twice as large.
      env: { NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let words = '';
    const listen = (bytes: Buffer) => {
      words = (words + bytes.toString('utf8')).slice(-8000);
      const count = /(\d+) modules transformed/.exec(words)?.[1];
      onModules(count ?? `${words.length} bytes of report,`);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`The pages of ${roomDir} did not build:\n${words}`)),
    );
  });
}
