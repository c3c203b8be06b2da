import type { TerminalView } from '@sightline/contracts';
import { EmptyState } from '@sightline/look';
import { Table, type TableColumnsType } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useList } from '../api/use-list.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { Pager } from '../parts/Pager.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { StatusWord } from '../parts/StatusWord.tsx';
import { useRegion, Workplace } from '../shell/Workplace.tsx';
import { EnrolButton, RevokeButton } from '../village/terminal-acts.tsx';
import { TerminalLines } from '../village/TerminalCard.tsx';
import { terminalsKey } from '../village/use-people.ts';

/** 终端: all of a region, with what waits on them. */
export function TerminalsPage({ region }: { readonly region: string | undefined }): ReactElement {
  const { t } = useTranslation();
  const scope = useRegion(region);
  const regions = useRegions();
  const list = useList<TerminalView>({
    key: terminalsKey,
    url: `/api/terminals?region=${scope}`,
    cursor: 'after',
    renewMs: 10_000,
  });
  const columns = useColumns();
  return (
    <Workplace page="terminals" region={scope}>
      <h1 className="page-title">
        {placeName(regions, scope)} <span className="quiet">{t('terminals.title')}</span>
      </h1>
      <ProblemLine problem={list.problem} />
      <Table<TerminalView>
        size="middle"
        rowKey="terminalId"
        columns={columns}
        dataSource={[...list.items]}
        loading={list.isLoading}
        pagination={false}
        locale={{
          emptyText: list.isLoading ? (
            ' '
          ) : (
            <EmptyState title={t('terminals.none')} whatToDo={t('terminals.noneHere')} />
          ),
        }}
      />
      <Pager {...list} />
    </Workplace>
  );
}

function useColumns(): TableColumnsType<TerminalView> {
  const { t } = useTranslation();
  const regions = useRegions();
  return [
    {
      title: t('terminals.one'),
      key: 'terminal',
      render: (_, { terminalId, region, simulated }) => (
        <span className="village-cell">
          <Link href={`/villages/${region}`}>{placeName(regions, region)}</Link>
          <span className="quiet">
            <span className="code-number">{terminalId}</span> {simulated && t('villages.simulated')}
          </span>
        </span>
      ),
    },
    {
      title: t('villages.status'),
      key: 'status',
      render: (_, { status, since, enrolledAt }) =>
        enrolledAt === null ? (
          <span className="quiet">{t('terminals.notEnrolled')}</span>
        ) : (
          <StatusWord status={status} since={since} />
        ),
    },
    {
      title: t('terminals.condition'),
      key: 'condition',
      responsive: ['md'],
      render: (_, terminal) =>
        terminal.enrolledAt === null ? null : <TerminalLines terminal={terminal} />,
    },
    {
      key: 'acts',
      align: 'right',
      responsive: ['lg'],
      render: (_, terminal) => (
        <span className="actions">
          <EnrolButton terminal={terminal} />
          <RevokeButton terminal={terminal} />
        </span>
      ),
    },
  ];
}
