import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensureWeights } from '@sightline/models/testing';
import { beforeAll, expect, it } from 'vitest';
import { rootDir } from './testing/fixture.ts';
import { ensurePages } from './testing/pages.ts';
import { print } from './testing/trials.ts';

const program = fileURLToPath(new URL('testing/no-egress-main.ts', import.meta.url));

/** Why no network of one's own can be made here, or null. */
function whyNot(): string | null {
  const tried = spawnSync('unshare', ['-n', 'ip', 'link', 'set', 'lo', 'up'], { encoding: 'utf8' });
  if (tried.error !== undefined) return tried.error.message;
  return tried.status === 0 ? null : tried.stderr.trim();
}

const reason = whyNot();
if (reason !== null) print(`no-egress is skipped: unshare -n needs root here (${reason})`);

beforeAll(async () => {
  await ensureWeights();
  await ensurePages(rootDir);
}, 400_000);

it.skipIf(reason !== null)(
  'works without the Internet: start, check-in, three pages, and not one packet leaves',
  () => {
    const run = spawnSync('unshare', ['-n', process.execPath, program], {
      encoding: 'utf8',
      timeout: 240_000,
    });
    expect(run.stderr).toBe('');
    const { pages, ...seen } = JSON.parse(run.stdout) as { readonly pages: readonly string[] };
    expect(pages.filter((title) => title !== '')).toHaveLength(3);
    expect(seen).toEqual({
      outcome: 'checked-in',
      cells: 1693,
      foreign: [],
      probes: 1,
      packets: 0,
    });
  },
  300_000,
);
