import type { ReactElement } from 'react';
import { isVerified } from '#i18n/verified-tibetan.ts';
import { useWords } from './use-words.ts';

interface Props {
  /** Where the text stands: `safety.help`; of the page's catalogue unless `namespace` says `look`. */
  readonly textKey: string;
  readonly namespace?: 'page' | 'look';
}

/** A text people may stake their safety on: while its Tibetan is unchecked, Chinese stands beside. */
export function SafetyText({ textKey, namespace = 'look' }: Props): ReactElement {
  const { t, language } = useWords();
  const isAlone = isVerified(language, `${namespace}:${textKey}`);
  return (
    <span className="look-safety">
      <span>{t(textKey, { ns: namespace })}</span>
      {!isAlone && (
        <span className="look-safety-beside" lang="zh">
          {t(textKey, { ns: namespace, lng: 'zh' })}
        </span>
      )}
    </span>
  );
}
