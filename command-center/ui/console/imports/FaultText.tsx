import type { ImportFault } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { wordFault } from '#domain/import-words.ts';

/** C 列 公民身份号码：… in Chinese or English; on a Tibetan page in Chinese, which is checked. */
export function FaultText({ fault }: { readonly fault: ImportFault }): ReactElement {
  const { t, language } = useWords();
  const words = language === 'en' ? 'en' : 'zh';
  const { column, header } = fault;
  return (
    <span className="fault" lang={words}>
      {(column ?? header) !== null && (
        <b>
          {column !== null && t('imports.column', { column, lng: words })} {header}
        </b>
      )}{' '}
      {wordFault(fault, words)}
    </span>
  );
}
