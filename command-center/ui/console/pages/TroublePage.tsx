import type { TroubleView } from '@sightline/contracts';
import type { TableColumnsType } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useList } from '../api/use-list.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ExportButton } from '../parts/ExportButton.tsx';
import { ListTable } from '../parts/ListTable.tsx';
import { PageHead } from '../parts/PageHead.tsx';
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
  const [opened, setOpened] = useState<readonly number[]>([]);
  const columns = useColumns();
  const toggle = ({ id }: TroubleView) =>
    setOpened(opened.includes(id) ? opened.filter((each) => each !== id) : [...opened, id]);
  return (
    <Workplace page="trouble" region={scope}>
      <PageHead
        title={placeName(regions, scope)}
        of={t('nav.trouble')}
        acts={<ExportButton list="trouble" query={`region=${scope}`} />}
      />
      <p className="quiet page-lead">{t('trouble.lead')}</p>
      <ListTable<TroubleView>
        list={list}
        rowKey={({ id }) => String(id)}
        columns={columns}
        empty={{ title: t('trouble.none'), whatToDo: t('trouble.noneWhat') }}
        onOpen={toggle}
        expandable={{
          expandedRowRender: (row) => <Evidence row={row} />,
          expandedRowKeys: opened.map(String),
          onExpand: (_, row) => toggle(row),
        }}
      />
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
