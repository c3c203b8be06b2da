import { pinyin } from 'pinyin-pro';

/** How a Chinese name is looked for: 聂拉木 → "nielamu" and "nlm". */
export interface Spelling {
  readonly pinyin: string;
  readonly initials: string;
}

/** Spells names, each once: there are as many as the register has places and organisations. */
export function speller(): (name: string) => Spelling {
  const known = new Map<string, Spelling>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const syllables = pinyin(name, { toneType: 'none', type: 'array', v: true });
    const spelling = {
      pinyin: syllables.join(''),
      initials: syllables.map((syllable) => syllable[0] ?? '').join(''),
    };
    known.set(name, spelling);
    return spelling;
  };
}
