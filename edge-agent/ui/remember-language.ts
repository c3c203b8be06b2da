import { languageOf, type Language } from '@sightline/look';

const key = 'sightline.language';

/** The language this kiosk was last used in. */
export function rememberedLanguage(): Language {
  return languageOf(localStorage.getItem(key) ?? undefined);
}

export function rememberLanguage(language: string): void {
  localStorage.setItem(key, language);
}
