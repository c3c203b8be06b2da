import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOf, languages, ownNames } from '#i18n/language.ts';

interface Props {
  /** Called with the language chosen, so that a page may remember it. */
  readonly onChange?: (language: string) => void;
}

/** The three languages side by side, each in its own name; says so where Tibetan is unverified. */
export function LanguageSwitch({ onChange }: Props): ReactElement {
  const { t, i18n } = useTranslation();
  const chosen = languageOf(i18n.language);
  return (
    <div className="look-languages" role="group" aria-label={t('button.language')}>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === chosen}
          onClick={() => {
            void i18n.changeLanguage(language);
            onChange?.(language);
          }}
        >
          {ownNames[language]}
        </button>
      ))}
      {chosen === 'bo' && (
        <span className="look-unverified" lang="zh">
          {t('note.unverifiedTibetan', { lng: 'zh' })}
        </span>
      )}
    </div>
  );
}
