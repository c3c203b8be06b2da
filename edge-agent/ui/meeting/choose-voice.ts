import type { Language } from '@sightline/look';

/** As voices name their language: browsers say `zh-CN`, the speech service of Debian `cmn`. */
const tags: Readonly<Record<Language, readonly string[]>> = {
  zh: ['zh', 'cmn'],
  bo: ['bo'],
  en: ['en'],
};

type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'name'>;

/** A voice of that language, or else of Chinese; null where this machine has neither. */
export function chooseVoice<Found extends Voice>(
  voices: readonly Found[],
  language: Language,
): { readonly voice: Found; readonly language: Language } | null {
  for (const spoken of [language, 'zh'] as const) {
    const fit = voices.filter(({ lang }) =>
      tags[spoken].includes(lang.toLowerCase().split(/[-_]/)[0] ?? ''),
    );
    // `Mandarin+Adam` and the like are disguises of the plain voice.
    const voice = fit.find(({ name }) => !name.includes('+')) ?? fit[0];
    if (voice !== undefined) return { voice, language: spoken };
  }
  return null;
}
