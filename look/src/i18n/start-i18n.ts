import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { bo } from './bo.ts';
import type { Catalogue } from './catalogue.ts';
import { en } from './en.ts';
import type { Language } from './language.ts';
import { zh } from './zh.ts';

/** A page's own texts; the shared ones are found by the same `t` where a page has no such key. */
export type PageCatalogues = Readonly<Record<Language, Catalogue>>;

/**
 * Starts the texts of a page, ready at once (nothing is fetched). `t('check-in')` looks in the
 * page's catalogue, then in the shared one, then in Chinese. Switching: `i18n.changeLanguage('bo')`;
 * the document's `lang` follows, and with it fonts and line height.
 */
export function startI18n(language: Language, catalogues: PageCatalogues): i18n {
  const texts = createInstance();
  texts.use(initReactI18next);
  texts.on('languageChanged', markDocument);
  void texts.init({
    lng: language,
    fallbackLng: 'zh',
    supportedLngs: ['zh', 'bo', 'en'],
    ns: ['page', 'look'],
    defaultNS: 'page',
    fallbackNS: 'look',
    resources: {
      zh: { page: catalogues.zh, look: zh },
      bo: { page: catalogues.bo, look: bo },
      en: { page: catalogues.en, look: en },
    },
    interpolation: { escapeValue: false }, // React escapes.
    initAsync: false,
  });
  return texts;
}

function markDocument(language: string): void {
  if (typeof document !== 'undefined') document.documentElement.lang = language;
}
