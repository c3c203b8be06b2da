import { useWords, type Language } from '@sightline/look';
import type { ReactElement } from 'react';

interface Props {
  /** The same paragraphs in each language. */
  readonly text: Readonly<Record<Language, readonly string[]>>;
  readonly label: string;
  /** A quiet last line. */
  readonly note?: string;
}

/** What a person reads before saying yes or no. Chinese always stands beside: it is the text that counts. */
export function PlainText({ text, label, note }: Props): ReactElement {
  const { t, language } = useWords();
  return (
    <div className="consent" tabIndex={0} role="region" aria-label={label}>
      {text.zh.map((chinese, i) => (
        <div key={chinese} className="consent-row">
          {language !== 'zh' && <p lang={language}>{text[language][i]}</p>}
          <p lang="zh">{chinese}</p>
        </div>
      ))}
      {language === 'bo' && <small lang="zh">{t('note.unverifiedTibetan', { lng: 'zh' })}</small>}
      {note !== undefined && <small>{note}</small>}
    </div>
  );
}
