import { fileURLToPath } from 'node:url';
import { ensureWeights } from '@sightline/models/testing';
import { beforeAll, expect, it } from 'vitest';
import { rootDir } from './testing/fixture.ts';
import { runInOwnNetwork, whyNoNetwork } from './testing/own-network.ts';
import { ensurePages } from './testing/pages.ts';

const program = fileURLToPath(new URL('testing/no-egress-main.ts', import.meta.url));

const reason = whyNoNetwork('no-egress');

beforeAll(async () => {
  await ensureWeights();
  await ensurePages(rootDir);
}, 400_000);

it.skipIf(reason !== null)(
  'works without the Internet: start, check-in, three pages, and not one packet leaves',
  () => {
    // What it prints itself.
    const { pages, ...seen } = runInOwnNetwork(program, [], 240_000) as {
      readonly pages: readonly string[];
    };
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
