import type { Page } from 'playwright-core';

/** Put into a page before anything else: how loud each voice was at most, by seat and source. */
export const voiceMeters = `{
  const meters = new WeakMap();
  const loud = {};
  window.loud = loud;
  let sound = null;
  setInterval(() => {
    for (const audio of document.querySelectorAll('audio[data-voice]')) {
      if (audio.srcObject === null) continue;
      sound ??= new AudioContext();
      let meter = meters.get(audio);
      if (meter === undefined) {
        meter = sound.createAnalyser();
        sound.createMediaStreamSource(audio.srcObject).connect(meter);
        meters.set(audio, meter);
      }
      const samples = new Float32Array(meter.fftSize);
      meter.getFloatTimeDomainData(samples);
      const of = audio.dataset.voice;
      loud[of] = Math.max(loud[of] ?? 0, ...samples.map(Math.abs));
    }
  }, 50);
}`;

/** What is heard now and was ever heard in a page of kiosk or console. */
export interface Heard {
  /** `seat source` of each voice that is played. */
  readonly playing: readonly string[];
  /** 0 … 1, since the page was opened or told to forget. */
  readonly loud: Readonly<Record<string, number>>;
}

export function heardIn(page: Page): Promise<Heard> {
  return page.evaluate(() => ({
    playing: [...document.querySelectorAll<HTMLElement>('audio[data-voice]')].map(
      ({ dataset }) => dataset['voice'] ?? '',
    ),
    loud: { ...(globalThis as { loud?: Record<string, number> }).loud },
  }));
}

/** Frames decoded so far in the video that a selector finds; 0 where there is none. */
export function framesIn(page: Page, selector: string): Promise<number> {
  return page.evaluate((what) => {
    const video = document.querySelector<HTMLVideoElement>(what);
    return video?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
  }, selector);
}

/** The colour in the middle of a picture that was decoded, as `r,g,b` rounded to 64; null = there is none yet. */
export function middleOf(page: Page, selector: string): Promise<string | null> {
  return page.evaluate((what) => {
    const picture = document.querySelector<HTMLImageElement>(what);
    if (picture === null || !picture.complete || picture.naturalWidth === 0) return null;
    const canvas = new OffscreenCanvas(1, 1);
    const pen = canvas.getContext('2d');
    const { naturalWidth: width, naturalHeight: height } = picture;
    pen?.drawImage(picture, width / 2, height / 2, 1, 1, 0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = pen?.getImageData(0, 0, 1, 1).data ?? [];
    return [red, green, blue].map((part) => Math.round(part / 64) * 64).join();
  }, selector);
}

/** Pictures of one colour each, as files a person would choose. */
export async function drawPages(page: Page, colours: readonly string[]) {
  const drawn = await page.evaluate(
    (all) =>
      all.map((colour) => {
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [1280, 720];
        const pen = canvas.getContext('2d');
        if (pen === null) return '';
        pen.fillStyle = colour;
        pen.fillRect(0, 0, 1280, 720);
        return canvas.toDataURL('image/png').split(',')[1] ?? '';
      }),
    [...colours],
  );
  return drawn.map((text, at) => ({
    name: `${at + 1}.png`,
    mimeType: 'image/png',
    buffer: Buffer.from(text, 'base64'),
  }));
}

/** A tall picture of noise, which no JPEG makes small. */
export async function drawNoise(page: Page, name: string) {
  const text = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [800, 2400];
    const pen = canvas.getContext('2d');
    if (pen === null) return '';
    const picture = pen.createImageData(canvas.width, canvas.height);
    let seed = 7;
    for (let at = 0; at < picture.data.length; at += 1) {
      // Xorshift, 32 bits.
      seed ^= seed << 13;
      seed ^= seed >>> 17;
      seed ^= seed << 5;
      picture.data[at] = at % 4 === 3 ? 255 : seed & 255;
    }
    pen.putImageData(picture, 0, 0);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  });
  return { name, mimeType: 'image/png', buffer: Buffer.from(text, 'base64') };
}
