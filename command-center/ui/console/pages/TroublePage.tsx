import type { TroubleView } from '@sightline/contracts';
import { EmptyState } from '@sightline/look';
import { Table, type TableColumnsType } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useList } from '../api/use-list.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { Pager } from '../parts/Pager.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { useRegion, Workplace } from '../shell/Workplace.tsx';

/** 异常事实: what the broker would not take, and what to do about each kind. */
export function TroublePage({ region }: { readonly region: string | undefined }): ReactElement {
  const { t } = useTranslation();
  const scope = useRegion(region);
  const regions = useRegions();
  const list = useList<TroubleView>({
    key: ['trouble'],
    url: `/api/trouble?region=${scope}`,
    cursor: 'before',
    renewMs: 10_000,
  });
  const columns = useColumns();
  return (
    <Workplace page="trouble" region={scope}>
      <h1 className="page-title">
        {placeName(regions, scope)} <span className="quiet">{t('nav.trouble')}</span>
      </h1>
      <p className="quiet page-lead">{t('trouble.lead')}</p>
      <ProblemLine problem={list.problem} />
      <Table<TroubleView>
        size="middle"
        rowKey="id"
        columns={columns}
        dataSource={[...list.items]}
        loading={list.isLoading}
        pagination={false}
        expandable={{ expandedRowRender: (row) => <Evidence row={row} /> }}
        locale={{
          emptyText: list.isLoading ? (
            ' '
          ) : (
            <EmptyState title={t('trouble.none')} whatToDo={t('trouble.noneWhat')} />
          ),
        }}
      />
      <Pager {...list} />
    </Workplace>
  );
}

/** What stands in quarantine, in the server's own words. */
function Evidence({ row }: { readonly row: TroubleView }): ReactElement {
  const { t } = useTranslation();
  return (
    <dl className="evidence">
      <dt>{t('trouble.message')}</dt>
      <dd lang="en">{row.message}</dd>
      <dt>{t('trouble.source')}</dt>
      <dd className="code-number">{row.source}</dd>
    </dl>
  );
}

function useColumns(): TableColumnsType<TroubleView> {
  const { t } = useTranslation();
  const regions = useRegions();
  return [
    {
      title: t('trouble.what'),
      key: 'what',
      render: (_, { reason, settled }) => (
        <span className="village-cell">
          <span className="warn">▲ {t(`trouble.reason.${reason}`, { defaultValue: reason })}</span>
          <span className="quiet">
            {t(`trouble.remedy.${reason}`, {
              defaultValue: t(settled ? 'trouble.remedy.settled' : 'trouble.remedy.open'),
            })}
          </span>
        </span>
      ),
    },
    {
      title: t('terminals.one'),
      key: 'terminal',
      render: (_, { terminalId, region }) => (
        <span className="village-cell">
          <Link href={`/villages/${region}`}>{placeName(regions, region)}</Link>
          <span className="quiet code-number">{terminalId}</span>
        </span>
      ),
    },
    {
      title: t('trouble.seq'),
      key: 'seq',
      align: 'right',
      responsive: ['md'],
      render: (_, { seq }) => seq,
    },
    {
      title: t('trouble.receivedAt'),
      key: 'at',
      align: 'right',
      render: (_, { receivedAt }) => <When at={receivedAt} />,
    },
  ];
}
