import type { QualityCheck, QualityRow } from '@sightline/contracts';
import type { TableColumnsType } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { mendedOn } from '#domain/data-quality.ts';
import { useList } from '../api/use-list.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ExportButton } from '../parts/ExportButton.tsx';
import { ListTable } from '../parts/ListTable.tsx';

interface Props {
  readonly check: QualityCheck;
  readonly scope: string;
}

/** The list behind a check: every row leads to where it is mended. */
export function QualityList({ check, scope }: Props): ReactElement {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const list = useList<QualityRow>({
    key: ['quality-rows'],
    url: `/api/quality/${check}?region=${scope}`,
    cursor: 'after',
  });
  const title = t(`quality.check.${check}`);
  return (
    <section className="section" aria-label={title}>
      <header className="section-head">
        <h2>{title}</h2>
        <ExportButton list="quality" query={`region=${scope}&check=${check}`} />
      </header>
      <p className="quiet page-lead">{t(`quality.remedy.${check}`)}</p>
      <ListTable<QualityRow>
        list={list}
        rowKey={({ region, organisation }) => `${region} ${organisation?.organisationId ?? ''}`}
        columns={useColumns(check)}
        empty={{ title: t('quality.fine'), whatToDo: t('quality.fineWhat') }}
        onOpen={(row) => goTo(mendingPlace(check, row))}
      />
    </section>
  );
}

function mendingPlace(check: QualityCheck, { region, organisation }: QualityRow): string {
  const path = `/${mendedOn[check]}/${region}`;
  return organisation === null ? path : `${path}/${organisation.organisationId}`;
}

function useColumns(check: QualityCheck): TableColumnsType<QualityRow> {
  const { t } = useTranslation();
  const regions = useRegions();
  return [
    {
      title: t('quality.where'),
      key: 'where',
      render: (_, row) => (
        <span className="village-cell">
          <Link href={mendingPlace(check, row)}>
            {row.organisation?.name ?? placeName(regions, row.region)}
          </Link>
          {row.organisation !== null && (
            <span className="quiet">{placeName(regions, row.region)}</span>
          )}
        </span>
      ),
    },
    {
      title: t('quality.count'),
      key: 'count',
      align: 'right',
      render: (_, { count }) => count,
    },
  ];
}
