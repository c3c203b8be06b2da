import { peoplePerVillage, type VillageView } from '@sightline/contracts';
import type { TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { parentOf, placeName, useRegions } from '../api/use-regions.ts';
import { StatusWord, When } from '../parts/StatusWord.tsx';

interface Shape {
  readonly scope: string;
  /** A village stands beside the list: only what tells them apart is shown. */
  readonly isNarrow: boolean;
}

export function useVillageColumns({ scope, isNarrow }: Shape): TableColumnsType<VillageView> {
  const { t } = useTranslation();
  const regions = useRegions();
  const columns: TableColumnsType<VillageView> = [
    {
      title: t('villages.village'),
      key: 'village',
      render: (_, { region }) => (
        <span className="village-cell">
          <Link href={`/villages/${region}`}>{regions.byCode.get(region)?.name ?? region}</Link>
          {scope.length < 9 && (
            <span className="quiet">{placeName(regions, parentOf(region))}</span>
          )}
        </span>
      ),
    },
    {
      title: t('villages.status'),
      key: 'status',
      render: (_, { status, since }) => <StatusWord status={status} since={since} />,
    },
  ];
  if (isNarrow) return columns;
  return [
    ...columns,
    {
      title: t('villages.lastCheckIn'),
      key: 'check-in',
      responsive: ['md'],
      render: (_, { checkedIn }) =>
        checkedIn === null ? (
          <span className="quiet">–</span>
        ) : (
          <span>
            <When at={checkedIn.at} />{' '}
            <span className="quiet">{t(`method.${checkedIn.method}`)}</span>
          </span>
        ),
    },
    {
      title: t('villages.people'),
      key: 'people',
      align: 'right',
      responsive: ['sm'],
      render: (_, { people }) => (
        <span className={people === 0 ? 'quiet' : undefined}>
          {people} / {peoplePerVillage}
        </span>
      ),
    },
    {
      title: t('villages.terminals'),
      key: 'terminals',
      align: 'right',
      responsive: ['md'],
      render: (_, { terminals, simulated }) => (
        <span className={terminals === 0 ? 'quiet' : undefined}>
          {terminals}
          {simulated && <span className="quiet"> {t('villages.simulated')}</span>}
        </span>
      ),
    },
  ];
}
