import type { ImportView } from '@sightline/contracts';
import type { TableColumnsType } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { ImportDetail } from '../imports/ImportDetail.tsx';
import { ImportUpload } from '../imports/ImportUpload.tsx';
import { useImports } from '../imports/use-imports.ts';
import { ListTable } from '../parts/ListTable.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { When } from '../parts/StatusWord.tsx';
import { BesidePlace } from '../shell/BesidePlace.tsx';

/** 导入: workbooks of organisations and members; a dry run first, then applied, and undone if need be. */
export function ImportsPage({ importId }: { readonly importId: string | undefined }): ReactElement {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const list = useImports();
  const columns = useColumns();
  return (
    <BesidePlace
      aside={
        importId === undefined ? null : (
          <ImportDetail key={importId} importId={importId} onClose={() => goTo('/imports')} />
        )
      }
    >
      <PageHead title={t('nav.imports')} />
      <p className="quiet page-lead">{t('imports.lead')}</p>
      <ImportUpload onSent={(id) => goTo(`/imports/${id}`)} />
      <ListTable<ImportView>
        list={list}
        rowKey={(row) => row.importId}
        columns={columns}
        empty={{ title: t('imports.none'), whatToDo: t('imports.noneWhat') }}
        selected={importId ?? null}
        onOpen={(row) => goTo(`/imports/${row.importId}`)}
      />
    </BesidePlace>
  );
}

function useColumns(): TableColumnsType<ImportView> {
  const { t } = useTranslation();
  return [
    {
      title: t('imports.one'),
      key: 'file',
      render: (_, { fileName, kind }) => (
        <span className="village-cell">
          <strong className="break">{fileName}</strong>
          <span className="quiet">{t(`imports.kinds.${kind}`)}</span>
        </span>
      ),
    },
    {
      title: t('villages.status'),
      key: 'state',
      render: (_, { state, wrong }) => (
        <span className={state === 'failed' || wrong > 0 ? 'warn' : undefined}>
          {t(`imports.state.${state}`)}
        </span>
      ),
    },
    {
      title: t('imports.rows'),
      key: 'rows',
      align: 'right',
      responsive: ['md'],
      render: (_, { rowsTotal, rowsRead }) => (rowsTotal ?? rowsRead).toLocaleString('en'),
    },
    {
      title: t('imports.madeAt'),
      key: 'at',
      align: 'right',
      responsive: ['sm'],
      render: (_, { madeAt }) => <When at={madeAt} />,
    },
  ];
}
