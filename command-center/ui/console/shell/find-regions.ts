import type { RegionView } from '@sightline/contracts';

const most = 20;

/**
 * The regions a typed text means: part of the name, start of the pinyin or of the initials, or of the
 * code. Those whose name begins so come first, then the larger before the smaller.
 */
export function findRegions(regions: readonly RegionView[], typed: string): RegionView[] {
  const text = typed.trim().toLowerCase().replaceAll(/\s+/gu, '');
  if (text === '') return [];
  return regions
    .filter((region) => rank(region, text) < misses)
    .toSorted((a, b) => rank(a, text) - rank(b, text) || a.code.length - b.code.length)
    .slice(0, most);
}

const misses = 4;

function rank({ code, name, pinyin, initials }: RegionView, text: string): number {
  if (name.startsWith(text)) return 0;
  if (pinyin.startsWith(text) || initials === text) return 1;
  if (initials.startsWith(text) || code.startsWith(text)) return 2;
  return name.includes(text) ? 3 : misses;
}
