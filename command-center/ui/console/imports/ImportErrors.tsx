import type { ImportRowErrors } from '@sightline/contracts';
import type { TableColumnsType } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../api/use-list.ts';
import { ListTable } from '../parts/ListTable.tsx';
import { FaultText } from './FaultText.tsx';

/** 有误的行: each with its row of the sheet; the same as a workbook to mend by. */
export function ImportErrors({ importId }: { readonly importId: string }): ReactElement {
  const { t } = useTranslation();
  const list = useList<ImportRowErrors>({
    key: ['import-errors'],
    url: `/api/imports/${importId}/errors?`,
    cursor: 'after',
  });
  const columns: TableColumnsType<ImportRowErrors> = [
    { title: t('imports.row'), key: 'row', align: 'right', width: 64, render: (_, { row }) => row },
    {
      title: t('imports.what'),
      key: 'what',
      render: (_, { faults }) => (
        <span className="faults">
          {faults.map((fault, index) => (
            // Faults have no name of their own and never change places.
            <FaultText key={index} fault={fault} />
          ))}
        </span>
      ),
    },
  ];
  return (
    <section className="section" aria-label={t('imports.errors')}>
      <header className="section-head">
        <h3>{t('imports.errors')}</h3>
        <a href={`/api/imports/${importId}/errors.xlsx`} download>
          {t('imports.errorBook')}
        </a>
      </header>
      <p className="quiet">{t('imports.errorsWhat')}</p>
      <ListTable<ImportRowErrors>
        list={list}
        rowKey={({ row }) => String(row)}
        columns={columns}
        empty={{ title: t('imports.noErrors'), whatToDo: '' }}
      />
    </section>
  );
}
