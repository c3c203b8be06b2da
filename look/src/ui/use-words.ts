import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { languageOf, type Language } from '#i18n/language.ts';

/** The texts of the page in the language now chosen, and which language that is. */
export function useWords(): { readonly t: TFunction; readonly language: Language } {
  const { t, i18n } = useTranslation();
  return { t, language: languageOf(i18n.language) };
}
