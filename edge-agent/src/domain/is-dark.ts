import { faceLimits } from '#domain/face-limits.ts';

/** Whether a picture is as good as black: no light, or a shut lens. Looks at one byte in a hundred and one. */
export function isDark(pixels: Uint8Array): boolean {
  let sum = 0;
  let looked = 0;
  // 101 has no factor 3: all three colours are looked at.
  for (let at = 0; at < pixels.length; at += 101) {
    sum += pixels[at] ?? 0;
    looked += 1;
  }
  return looked > 0 && sum / looked < faceLimits.blackest;
}
