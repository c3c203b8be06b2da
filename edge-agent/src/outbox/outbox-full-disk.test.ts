import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyHead, isRefusal } from '@sightline/contracts';
import { describe, expect, it } from 'vitest';
import { Outbox } from '#outbox/outbox.ts';
import { address, noteDraft } from '#testing/draft.ts';
import { temporaryDir } from '#testing/temporary-dir.ts';
import { verifyChain } from '#testing/verify-chain.ts';

/** A disk of 3 MB, or null where this user may not mount one. */
function mountSmallDisk(path: string): Disposable | null {
  mkdirSync(path);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', path]);
  if (mounted.status !== 0) return null;
  return { [Symbol.dispose]: () => void execFileSync('umount', ['--lazy', path]) };
}

describe('a full disk', () => {
  for (const headroom of [1024 ** 2, 0]) {
    const name = headroom === 0 ? 'filled by somebody else to the last byte' : 'below its headroom';
    it(`${name} refuses facts with the remedy, keeps and frees what is there`, async (context) => {
      await using dir = await temporaryDir();
      const place = join(dir.path, 'disk');
      using disk = mountSmallDisk(place);
      if (disk === null) return context.skip('mounting a tmpfs needs root');
      await using outbox = await Outbox.open(join(place, 'outbox.sqlite'), {
        diskHeadroomBytes: headroom,
      });
      const source = await outbox.createSource(address);
      const bodies: string[] = [];
      const append = async (): Promise<string | null> => {
        const kept = await source.append(noteDraft('x'.repeat(400)));
        if (isRefusal(kept)) return kept.detail;
        bodies.push(kept.body);
        return null;
      };
      await append();
      if (headroom === 0) fill(join(place, 'somebody-else'));
      let refusal: string | null = null;
      for (let n = 0; refusal === null && n < 20_000; n += 1) refusal = await append();
      expect(refusal).toMatch(/full .*free some space/);

      const kept = await source.pending(1, 1_000);
      verifyChain(
        kept.map(({ body }) => body),
        emptyHead,
      );
      expect(source.stats().seq).toBe(bodies.length);
      expect(kept.map(({ body }) => body)).toEqual(bodies.slice(0, kept.length));

      if (headroom === 0) rmSync(join(place, 'somebody-else'));
      await expect(source.settle({ committedTo: bodies.length, rejected: [] })).resolves.toBe(
        'settled',
      );
      expect(source.stats().waiting).toBe(0);
      expect(outbox.fault).toBeNull();
      if (headroom === 0) expect(await append()).toBeNull();
    });
  }
});

/** Writes until the disk takes no more. */
function fill(file: string): void {
  for (let size = 3 * 1024 ** 2; size >= 4_096; size = Math.floor(size / 2)) {
    try {
      writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    } catch {
      continue; // That much does not fit any more: try half.
    }
  }
}
