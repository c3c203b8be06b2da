import type { AuditVerdictView, AuditView } from '@sightline/contracts';
import { Notice } from '@sightline/look';
import { useQuery } from '@tanstack/react-query';
import { Button, type TableColumnsType } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/call.ts';
import { useList } from '../api/use-list.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { AuditFilterForm } from '../audit/AuditFilterForm.tsx';
import { useAuditFilter } from '../audit/use-audit-filter.ts';
import { ExportButton } from '../parts/ExportButton.tsx';
import { ListTable } from '../parts/ListTable.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';

/** 审计: who looked at what and did what; and whether the chain still holds. */
export function AuditPage(): ReactElement {
  const { t } = useTranslation();
  const { filter, query, set } = useAuditFilter();
  const list = useList<AuditView>({ key: ['audit'], url: `/api/audit?${query}`, cursor: 'before' });
  const columns = useColumns();
  return (
    <main className="plain-page">
      <PageHead
        title={t('nav.audit')}
        acts={<ExportButton list="audit" query={query} isPersonal />}
      />
      <p className="quiet page-lead">{t('audit.lead')}</p>
      <Verdict />
      <AuditFilterForm filter={filter} onSet={set} />
      <ListTable<AuditView>
        list={list}
        rowKey={({ seq }) => String(seq)}
        columns={columns}
        empty={{
          title: t(query === '' ? 'audit.none' : 'audit.noneFound'),
          whatToDo: t(query === '' ? 'audit.noneWhat' : 'audit.noneFoundWhat'),
        }}
      />
    </main>
  );
}

/** Recomputes the chain when asked. */
function Verdict(): ReactElement {
  const { t } = useTranslation();
  const verdict = useQuery({
    queryKey: ['audit-verdict'],
    queryFn: ({ signal }) => get<AuditVerdictView>('/api/audit/verify', signal),
    enabled: false,
    gcTime: 0,
  });
  const { data, isFetching, error } = verdict;
  const button = (
    <Button onClick={() => void verdict.refetch()} loading={isFetching}>
      {t('audit.verify')}
    </Button>
  );
  if (data === undefined) {
    return (
      <div className="verdict">
        {button}
        <ProblemLine problem={error} />
      </div>
    );
  }
  const isWhole = data.brokenAt === null;
  return (
    <Notice
      tone={isWhole ? 'info' : 'fault'}
      title={
        isWhole
          ? t('audit.whole', { rows: data.rows })
          : t('audit.broken', { seq: data.brokenAt ?? 0 })
      }
      detail={
        isWhole ? (
          <span className="break">
            {t('audit.head', { seq: data.headSeq, hash: data.headHash })}
          </span>
        ) : (
          t('audit.brokenWhat')
        )
      }
      action={button}
    />
  );
}

function useColumns(): TableColumnsType<AuditView> {
  const { t } = useTranslation();
  const regions = useRegions();
  return [
    { title: t('audit.at'), key: 'at', render: (_, { at }) => <When at={at} /> },
    {
      title: t('audit.who'),
      key: 'who',
      render: (_, { who, login }) =>
        login ?? t(`audit.whoKind.${who.split(':')[0] ?? ''}`, { defaultValue: who }),
    },
    {
      title: t('audit.what'),
      key: 'what',
      render: (_, { what, subject }) => (
        <span className="village-cell">
          <span>{t(`audit.act.${what.replaceAll('.', '-')}`, { defaultValue: what })}</span>
          {subject !== null && <span className="quiet code-number">{subject}</span>}
        </span>
      ),
    },
    {
      title: t('audit.region'),
      key: 'region',
      responsive: ['md'],
      render: (_, { region }) => placeName(regions, region),
    },
    {
      title: t('audit.purpose'),
      key: 'purpose',
      responsive: ['md'],
      render: (_, { purpose }) => t(`purpose.${purpose}`, { defaultValue: purpose }),
    },
    {
      title: '#',
      key: 'seq',
      align: 'right',
      responsive: ['lg'],
      render: (_, { seq }) => <span className="quiet">{seq}</span>,
    },
  ];
}
