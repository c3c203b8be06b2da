import { createServer } from 'node:net';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Gallery } from '#face/gallery.ts';
import { openTableKiosk } from '#kiosk/testing/table-kiosk.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sightline-start-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('a kiosk on a bad day', () => {
  test('a port that is taken is named, with the setting that changes it', async () => {
    await using other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(openTableKiosk({ dir, port })).rejects.toThrow(
      `The kiosk cannot listen on 127.0.0.1:${port}. Set SIGHTLINE_KIOSK_PORT to a free port.`,
    );
  });

  test('damaged records are set aside and said, and the terminal goes on', async () => {
    const file = join(dir, 'kiosk.db');
    writeFileSync(file, 'no database at all, but long enough to be one'.repeat(99));
    await using table = await openTableKiosk({ dir });
    const records = (await table.client.state()).parts.find(({ name }) => name === 'records');
    expect(records).toMatchObject({
      state: 'down',
      detail: `The PINs could not be read and were set aside as ${file}.unreadable. Set them again.`,
    });
    expect(readdirSync(dir)).toContain('kiosk.db.unreadable');
  });

  test('a damaged key is never replaced in silence', async () => {
    writeFileSync(join(dir, 'pin.key'), 'short');
    await expect(openTableKiosk({ dir })).rejects.toThrow(/pin\.key holds no key/);
  });

  test('without the gallery’s key the faces are set aside and said, and the PIN works', async () => {
    const model = { id: 'm@1', length: 4 };
    await (await Gallery.open({ dir, model })).put('ann', Float32Array.of(1, 0, 0, 0));
    const key = readdirSync(dir).find((name) => name.endsWith('.key')) ?? '';
    writeFileSync(join(dir, key), 'short');
    await using table = await openTableKiosk({ dir });
    const part = (await table.client.state()).parts.find(({ name }) => name === 'gallery');
    expect(part).toMatchObject({
      state: 'down',
      detail: expect.stringMatching(/set aside as .*unreadable\. Enrol the people again/),
    });
    // Nothing that could still be mended by hand is destroyed.
    expect(readdirSync(dir)).toEqual(expect.arrayContaining(['gallery.sealed.unreadable', key]));
  });

  test('a page that is not built says how to build it, and the API works', async () => {
    await using table = await openTableKiosk({ dir, pages: join(dir, 'nothing') });
    const reply = await fetch(table.client.origin);
    expect(reply.status).toBe(503);
    expect(await reply.text()).toContain('npm run -w @sightline/edge-agent build');
    expect((await table.client.state()).enrolment).toBe('enrolled');
  });

  test('every file of its own is for this user only', async () => {
    await using table = await openTableKiosk({ dir });
    const open = readdirSync(table.dir).filter(
      (name) => (statSync(join(table.dir, name)).mode & 0o077) !== 0,
    );
    expect(open).toEqual([]);
  });
});
