/** What can be found by its name, its spelling or its code. */
export interface Findable {
  readonly code: string;
  readonly name: string;
  /** 聂拉木 → "nielamu" and "nlm". */
  readonly pinyin: string;
  readonly initials: string;
}

const most = 20;

/**
 * Those a typed text means: part of the name, start of the pinyin or of the initials, or of the
 * code. Those whose name begins so come first, then the larger (shorter code) before the smaller.
 */
export function findRegions<T extends Findable>(list: readonly T[], typed: string): T[] {
  const text = typed.trim().toLowerCase().replaceAll(/\s+/gu, '');
  if (text === '') return [];
  return list
    .filter((item) => rank(item, text) < misses)
    .toSorted((a, b) => rank(a, text) - rank(b, text) || a.code.length - b.code.length)
    .slice(0, most);
}

const misses = 4;

function rank({ code, name, pinyin, initials }: Findable, text: string): number {
  if (name.startsWith(text)) return 0;
  if (pinyin.startsWith(text) || initials === text) return 1;
  if (initials.startsWith(text) || code.toLowerCase().startsWith(text)) return 2;
  return name.includes(text) ? 3 : misses;
}
