import type { RosterImportFault } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { wordFault } from '#domain/import-words.ts';

/** Every row that is wrong, as Excel counts it. */
export function ImportFaults({
  faults,
}: {
  readonly faults: readonly RosterImportFault[];
}): ReactElement {
  const { t, language } = useWords();
  // What is wrong with any workbook is told in Chinese or English, as at the other imports.
  const other = language === 'en' ? 'en' : 'zh';
  return (
    <section aria-label={t('imports.errors')}>
      <p className="warn">▲ {t('roster.importWrong', { count: faults.length })}</p>
      <div className="result-table" tabIndex={0} role="group" aria-label={t('imports.errors')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('roster.sheet')}</th>
              <th scope="col">{t('imports.row')}</th>
              <th scope="col">{t('imports.what')}</th>
            </tr>
          </thead>
          <tbody>
            {faults.map((fault, index) => (
              // Faults have no name of their own and never change places.
              <tr key={index}>
                <th scope="row">{fault.sheet ?? '–'}</th>
                <td>{fault.row ?? '–'}</td>
                <td className="fault-text">
                  {fault.header !== null && <b>{fault.header}：</b>}
                  {t(`roster.sheetFault.${fault.code}`, {
                    ...fault.params,
                    defaultValue: wordFault(fault, other),
                  })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
