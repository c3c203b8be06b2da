import {
  organisationLists,
  type ListedOrganisation,
  type OrganisationList as Needing,
} from '@sightline/contracts';
import type { TableColumnsType } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearch } from 'wouter';
import { useList, type PagedList } from '../api/use-list.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { useSlices } from '../api/use-slices.ts';
import { ListTable } from '../parts/ListTable.tsx';
import { useListCounts, useOrganisations } from './use-organisations.ts';

interface Props {
  readonly scope: string;
  readonly selected: string | null;
  /** The list that is looked at; null = every organisation. */
  readonly needing: Needing | null;
}

/** The organisations of a region: all, or those that need a look. */
export function OrganisationList({ scope, selected, needing }: Props): ReactElement {
  return needing === null ? (
    <Every scope={scope} selected={selected} />
  ) : (
    <Listed scope={scope} selected={selected} needing={needing} />
  );
}

function Every({ scope, selected }: Omit<Props, 'needing'>): ReactElement {
  const { list, isLoading, problem } = useOrganisations();
  const within = list.filter(({ region }) => region.startsWith(scope));
  const paged = useSlices(within, { key: scope, isLoading, problem });
  return <Rows list={paged} scope={scope} selected={selected} />;
}

function Listed({ scope, selected, needing }: Props & { readonly needing: Needing }): ReactElement {
  const list = useList<ListedOrganisation>({
    key: ['organisation-list'],
    url: `/api/organisation-lists/${needing}?region=${scope}`,
    cursor: 'after',
  });
  return <Rows list={list} scope={scope} selected={selected} />;
}

interface RowsProps {
  readonly list: PagedList<ListedOrganisation>;
  readonly scope: string;
  readonly selected: string | null;
}

function Rows({ list, scope, selected }: RowsProps): ReactElement {
  const { t } = useTranslation();
  const regions = useRegions();
  const [, goTo] = useLocation();
  const search = useSearch();
  const placeOf = ({ organisationId }: ListedOrganisation) =>
    `/organisations/${scope}/${organisationId}${search === '' ? '' : `?${search}`}`;
  const columns: TableColumnsType<ListedOrganisation> = [
    {
      title: t('organisations.one'),
      key: 'name',
      render: (_, row) => (
        <span className="village-cell">
          <Link href={placeOf(row)}>{row.name}</Link>
          <span className="quiet">{placeName(regions, row.region)}</span>
        </span>
      ),
    },
    {
      title: t('organisations.code'),
      key: 'code',
      responsive: ['lg'],
      render: (_, { code }) => <span className="quiet code-number">{code}</span>,
    },
    {
      title: t('organisations.members'),
      key: 'members',
      align: 'right',
      render: (_, { members }) => (
        <span className={members === 0 ? 'quiet' : undefined}>{members}</span>
      ),
    },
  ];
  return (
    <ListTable<ListedOrganisation>
      list={list}
      rowKey={({ organisationId }) => organisationId}
      columns={columns}
      empty={{ title: t('organisations.none'), whatToDo: t('organisations.noneWhat') }}
      selected={selected}
      onOpen={(row) => goTo(placeOf(row))}
    />
  );
}

interface FilterProps {
  readonly scope: string;
  readonly needing: Needing | null;
  readonly onNeeding: (needing: Needing | null) => void;
}

/** 全部 4807 · 无年轻党员 12 · …: counts that filter. */
export function NeedingFilter({ scope, needing, onNeeding }: FilterProps): ReactElement {
  const { t } = useTranslation();
  const { list } = useOrganisations();
  const { data: counts } = useListCounts(scope, { isAsked: true });
  const all = list.filter(({ region }) => region.startsWith(scope)).length;
  return (
    <div className="filter" role="group" aria-label={t('organisations.filter')}>
      <button type="button" aria-pressed={needing === null} onClick={() => onNeeding(null)}>
        {t('organisations.all')} <b>{all}</b>
      </button>
      {organisationLists.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={needing === each}
          onClick={() => onNeeding(needing === each ? null : each)}
        >
          {t(`organisations.needing.${each}`)} <b>{counts?.[each] ?? '–'}</b>
        </button>
      ))}
    </div>
  );
}
