/** The three languages: Chinese first, Tibetan, English. */
export type Language = 'zh' | 'bo' | 'en';

export const languages: readonly Language[] = ['zh', 'bo', 'en'];

/** How each language names itself. */
export const ownNames: Readonly<Record<Language, string>> = {
  zh: '中文',
  bo: 'བོད་ཡིག',
  en: 'English',
};

/** The language a browser's tag (`bo-CN`, `en-GB`) stands for; Chinese for everything else. */
export function languageOf(tag: string | undefined): Language {
  const primary = tag?.toLowerCase().split('-')[0];
  return languages.find((language) => language === primary) ?? 'zh';
}
