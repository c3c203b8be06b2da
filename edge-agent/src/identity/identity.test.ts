import { createPublicKey, verify } from 'node:crypto';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adoptNextKey, keepEnrolment, openIdentity, openNextKey } from '#identity/identity.ts';
import { temporaryDir } from '#testing/temporary-dir.ts';

const reply = { terminalId: 't-1', region: '540235100001', simulated: false };

describe('a terminal’s identity', () => {
  it('is the same after a restart, private, and signs in the form the broker verifies', async () => {
    await using dir = await temporaryDir();
    const { key } = await openIdentity(dir.path);
    expect((await openIdentity(dir.path)).key.source).toBe(key.source);
    expect(statSync(join(dir.path, 'device-key.pem')).mode & 0o777).toBe(0o600);
    const spki = Buffer.from(key.publicKey, 'base64url');
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    const signature = Buffer.from(key.sign('村'), 'base64url');
    expect(signature.byteLength).toBe(64);
    const dsaEncoding = 'ieee-p1363';
    expect(verify('sha256', Buffer.from('村'), { key: publicKey, dsaEncoding }, signature)).toBe(
      true,
    );
    expect(key.source).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('keeps the next key until it is adopted, then keeps the former files', async () => {
    await using dir = await temporaryDir();
    const first = await openIdentity(dir.path);
    const enrolled = await keepEnrolment(first, { ...reply, source: first.key.source });
    const next = await openNextKey(enrolled);
    expect((await openNextKey(enrolled)).source).toBe(next.source);
    expect((await openIdentity(dir.path)).enrolment).not.toBeNull();
    const renewed = await adoptNextKey(enrolled);
    expect(renewed.key.source).toBe(next.source);
    expect(renewed.enrolment).toBeNull();
    const former = readdirSync(join(dir.path, 'former', first.key.source)).toSorted();
    expect(former).toEqual(['device-key.pem', 'enrolment.json']);
  });

  it('finishes the change of keys after a stop in the middle of it', async () => {
    await using dir = await temporaryDir();
    const next = await openNextKey(await openIdentity(dir.path));
    rmSync(join(dir.path, 'device-key.pem')); // Moved away; then the power went.
    expect((await openIdentity(dir.path)).key.source).toBe(next.source);
  });

  it.each(['device-key.pem', 'enrolment.json', 'finished.json'])(
    'sets a damaged %s aside with the rest and makes a new key',
    async (file) => {
      await using dir = await temporaryDir();
      const before = await openIdentity(dir.path);
      await keepEnrolment(before, { ...reply, source: before.key.source });
      writeFileSync(join(dir.path, file), '{ torn');
      const after = await openIdentity(dir.path);
      expect(after.setAside).toContain('former');
      expect(after.enrolment).toBeNull();
      expect(after.key.source).not.toBe(before.key.source);
      expect((await openIdentity(dir.path)).setAside).toBeNull();
    },
  );
});
