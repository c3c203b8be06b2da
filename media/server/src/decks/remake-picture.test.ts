import { isRefusal, meetingLimits } from '@sightline/contracts';
import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { remakePicture } from './remake-picture.ts';
import { sniffImage } from './sniff-image.ts';

/** Left half red, right half blue. */
const flag = (width: number, height: number): Sharp =>
  plain(width, height, '#d02020').composite([
    { input: plainInput(Math.floor(width / 2), height, '#2020d0'), gravity: 'east' },
  ]);
const plainInput = (width: number, height: number, background: string) => ({
  create: { width, height, channels: 3 as const, background },
});
const plain = (width: number, height: number, background: string) =>
  sharp(plainInput(width, height, background));

async function remade(bytes: Buffer, size: 'large' | 'small' = 'large'): Promise<Buffer> {
  const page = await remakePicture(bytes, { type: sniffImage(bytes), size });
  if (isRefusal(page)) throw new Error(page.code);
  return page;
}

async function refusalOf(bytes: Buffer): Promise<string | null> {
  const page = await remakePicture(bytes, { type: sniffImage(bytes), size: 'large' });
  return isRefusal(page) ? page.code : null;
}

/** Mean red, green and blue of a piece of a picture. */
async function colourAt(
  bytes: Buffer,
  [left, top, width, height]: readonly [number, number, number, number],
): Promise<readonly number[]> {
  const piece = await sharp(bytes).extract({ left, top, width, height }).toBuffer();
  return (await sharp(piece).stats()).channels.slice(0, 3).map(({ mean }) => Math.round(mean));
}

test('of what a camera wrote beside a picture nothing is left', async () => {
  const taken = await flag(320, 240)
    .withExif({
      IFD0: { Make: 'Camera of mine' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '29/1 39/1 0/1' },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
    .withIccProfile('p3')
    .jpeg()
    .toBuffer();
  expect(taken.includes('Camera of mine')).toBe(true);
  const page = await remade(taken);
  const { format, exif, xmp, icc, iptc, orientation } = await sharp(page).metadata();
  expect([format, exif, xmp, icc, iptc, orientation]).toEqual([
    'jpeg',
    ...Array(5).fill(undefined),
  ]);
  expect(page.includes('Camera of mine')).toBe(false);
});

test.each(['jpeg', 'png', 'webp'] as const)(
  'what hangs behind a %s is gone, and a good picture is as it was',
  async (format) => {
    const good = await flag(320, 240).toFormat(format).toBuffer();
    const page = await remade(
      Buffer.concat([good, Buffer.from('PK\x03\x04<script>alert(1)</script>')]),
    );
    expect(page.includes('<script>')).toBe(false);
    const { width, height } = await sharp(page).metadata();
    expect([width, height]).toEqual([320, 240]);
    for (const piece of [
      [0, 0, 140, 240],
      [180, 0, 140, 240],
    ] as const) {
      const was = await colourAt(good, piece);
      const now = await colourAt(page, piece);
      for (const [at, value] of was.entries())
        expect(Math.abs(value - (now[at] ?? 0))).toBeLessThan(6);
    }
  },
);

test('a picture held sideways is written upright', async () => {
  const sideways = await flag(320, 240).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const page = await remade(sideways);
  const { width, height } = await sharp(page).metadata();
  expect([width, height]).toEqual([240, 320]);
  const [red, , blue] = await colourAt(page, [0, 0, 240, 140]);
  expect(red).toBeGreaterThan(blue ?? 255);
});

test('a page is as large as its size is shown, and as its bytes may be', async () => {
  const wide = await plain(4_000, 1_000, '#208040').png().toBuffer();
  expect((await sharp(await remade(wide)).metadata()).width).toBe(1_920);
  expect((await sharp(await remade(wide, 'small')).metadata()).width).toBe(1_024);
  // Noise of a fixed kind: hard to pack, so that the first quality is too large.
  const raw = Buffer.alloc(1_000 * 750 * 3);
  for (let at = 0, value = 7; at < raw.length; at += 1) {
    value = (value * 1_103_515_245 + 12_345) % 2_147_483_648;
    raw[at] = value >> 16;
  }
  const noise = sharp(raw, { raw: { width: 1_000, height: 750, channels: 3 } });
  const page = await remade(await noise.jpeg({ quality: 40 }).toBuffer());
  expect(page.length).toBeLessThanOrEqual(meetingLimits.slideBytes.large);
  const small = await remakePicture(await noise.png().toBuffer(), {
    type: 'image/png',
    size: 'small',
  });
  expect(isRefusal(small) && small.code).toBe('slide-too-large');
});

test('of a moving picture the first frame is left', async () => {
  const frames = [plain(80, 60, '#d02020'), plain(80, 60, '#2020d0')].map((frame) =>
    frame.png().toBuffer(),
  );
  const moving = await sharp(await Promise.all(frames), { join: { animated: true } })
    .webp({ loop: 0, delay: [100, 100] })
    .toBuffer();
  expect((await sharp(moving).metadata()).pages).toBe(2);
  const page = await remade(moving);
  const { pages, height } = await sharp(page).metadata();
  expect([pages ?? 1, height]).toEqual([1, 60]);
  const [red, , blue] = await colourAt(page, [0, 0, 80, 60]);
  expect(red).toBeGreaterThan(blue ?? 255);
});

test('a bomb is refused by its header, before its pixels take memory', async () => {
  const bomb = await plain(5_000, 5_000, '#ffffff').png().toBuffer();
  expect(bomb.length).toBeLessThan(meetingLimits.slideBytes.large);
  const before = process.memoryUsage.rss();
  expect(await refusalOf(bomb)).toBe('slide-resolution');
  expect(process.memoryUsage.rss() - before).toBeLessThan(32 * 1024 * 1024);
});

test('what is damaged, cut short or only begins like a picture is refused', async () => {
  const good = await flag(320, 240).jpeg().toBuffer();
  expect(await refusalOf(good.subarray(0, good.length / 2))).toBe('picture-broken');
  expect(await refusalOf(Buffer.from('\xff\xd8\xff<html>', 'latin1'))).toBe('picture-broken');
  expect(await refusalOf(Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1'))).toBe('picture-broken');
});
