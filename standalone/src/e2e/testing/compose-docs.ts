import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rootDir, testEnvironment } from './fixture.ts';

const heading = '## Production with docker compose';

function blocks(): readonly string[] {
  return [...readSection().matchAll(/```sh\n([\s\S]*?)```/g)].map(([, words]) => words ?? '');
}

function readSection(): string {
  const text = readFileSync(join(rootDir, 'docs/operations.md'), 'utf8');
  const [, after] = text.split(`\n${heading}\n`);
  if (after === undefined) throw new Error(`docs/operations.md has no section "${heading}".`);
  return after.split(/\n## /)[0] ?? '';
}

/** Runs the page's own commands that make password, authority and certificate, in a folder. */
export function makeSecretsAsTold(dir: string, serverName: string): void {
  const making = blocks().find((words) => words.includes('openssl'));
  if (making === undefined) throw new Error('The page no longer says how to make certificates.');
  runIn(dir, making.replaceAll('sightline.example', serverName));
}

/** Runs the page's own commands that make a relay's settings, in a folder with those secrets. */
export async function makeRelayAsTold(
  dir: string,
  { serverName, address }: { readonly serverName: string; readonly address: string },
): Promise<void> {
  const making = blocks().find((words) => words.includes('turn-settings'));
  if (making === undefined) throw new Error('The page no longer says how to make a relay.');
  const shipped = 'media/turn/turnserver.conf';
  await mkdir(dirname(join(dir, shipped)), { recursive: true });
  await copyFile(join(rootDir, shipped), join(dir, shipped));
  const here = making
    .replaceAll(/^docker .*$/gm, '')
    .replaceAll('203.0.113.7', address)
    .replaceAll('sightline.example', serverName);
  runIn(dir, here);
}

function runIn(dir: string, words: string): void {
  execFileSync('sh', ['-euc', words], {
    cwd: dir,
    env: testEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Service → what the page has first run inside it, word by word: `docker compose … exec SERVICE node FILE …`. */
export function commandsAsTold(): ReadonlyMap<string, readonly string[]> {
  const told = readSection().matchAll(/docker compose [^\n]*?exec (\w+) node ([^\n]+)/g);
  const commands = [...told].map(
    ([, service = '', words = '']) => [service, wordsOf(words)] as const,
  );
  return new Map(commands.toReversed());
}

const wordsOf = (line: string): readonly string[] => line.trim().split(/\s+/);

/** What the page has run by the service care, word by word and without `node`, by its command: backup, audit, copy, restore. */
export function careAsTold(): ReadonlyMap<string, readonly string[]> {
  const told = readSection().matchAll(/docker compose run --rm care node (\S+ (\w+)[^\n]*)/g);
  return new Map([...told].map(([, words = '', name = '']) => [name, wordsOf(words)]));
}
