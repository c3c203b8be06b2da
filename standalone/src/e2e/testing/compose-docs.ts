import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir, testEnvironment } from './fixture.ts';

const heading = '## Production with docker compose';

function readSection(): string {
  const text = readFileSync(join(rootDir, 'docs/operations.md'), 'utf8');
  const [, after] = text.split(`\n${heading}\n`);
  if (after === undefined) throw new Error(`docs/operations.md has no section "${heading}".`);
  return after.split(/\n## /)[0] ?? '';
}

/** Runs the page's own commands that make password, authority and certificate, in a folder. */
export function makeSecretsAsTold(dir: string, serverName: string): void {
  const blocks = [...readSection().matchAll(/```sh\n([\s\S]*?)```/g)].map(
    ([, words]) => words ?? '',
  );
  const making = blocks.find((words) => words.includes('openssl'));
  if (making === undefined) throw new Error('The page no longer says how to make certificates.');
  execFileSync('sh', ['-euc', making.replaceAll('sightline.example', serverName)], {
    cwd: dir,
    env: testEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Service → the program that the page has run inside it: `docker compose … exec SERVICE node FILE`. */
export function commandsAsTold(): ReadonlyMap<string, string> {
  const told = readSection().matchAll(/docker compose [^\n]*?exec (\w+) node (\S+)/g);
  return new Map([...told].map(([, service = '', file = '']) => [service, file]));
}
