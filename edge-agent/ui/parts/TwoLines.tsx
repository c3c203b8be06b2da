import { useWords, type Language } from '@sightline/look';
import type { ReactElement } from 'react';

interface Props {
  readonly textKey: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** The language that stands below: Tibetan under Chinese, Chinese under the others. */
export function secondLanguage(language: Language): Language {
  return language === 'zh' ? 'bo' : 'zh';
}

/** A text in the chosen language and, smaller, in a second one: nobody is left outside. */
export function TwoLines({ textKey, values = {} }: Props): ReactElement {
  const { t, language } = useWords();
  const second = secondLanguage(language);
  return (
    <span className="two-lines">
      <span className="first-line">{t(textKey, values)}</span>
      <span className="second-line" lang={second}>
        {t(textKey, { ...values, lng: second })}
      </span>
    </span>
  );
}
