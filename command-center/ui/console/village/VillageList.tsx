import type { VillageStatus, VillageView } from '@sightline/contracts';
import { EmptyState, StatusDot } from '@sightline/look';
import { Table } from 'antd';
import { useMemo, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { placeName, useRegions } from '../api/use-regions.ts';
import { useVillages } from '../api/use-villages.ts';
import { ExportButton } from '../parts/ExportButton.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { countStatuses, orderVillages, statuses } from './order-villages.ts';
import { useVillageColumns } from './use-village-columns.tsx';

interface Props {
  readonly scope: string;
  readonly selected: string | null;
  readonly onSelect: (region: string) => void;
}

const pageRows = 50;

/** The villages of a region, those that need somebody first. */
export function VillageList({ scope, selected, onSelect }: Props): ReactElement {
  const { t } = useTranslation();
  const regions = useRegions();
  const { list, isLoading } = useVillages();
  const [only, setOnly] = useState<VillageStatus | null>(null);
  const within = useMemo(
    () => orderVillages(list.filter((village) => village.region.startsWith(scope))),
    [list, scope],
  );
  const shown = only === null ? within : within.filter((village) => village.status === only);
  const index = shown.findIndex((village) => village.region === selected);
  const [page, setPage] = useState(1);
  const move = (steps: number) => {
    const next = shown[Math.max(0, Math.min(index + steps, shown.length - 1))];
    if (next === undefined) return;
    setPage(Math.floor(shown.indexOf(next) / pageRows) + 1);
    onSelect(next.region);
  };
  useKeys({ j: () => move(1), k: () => move(-1) });
  const columns = useVillageColumns({ scope, isNarrow: selected !== null });
  return (
    <>
      <PageHead
        title={placeName(regions, scope)}
        acts={<ExportButton list="villages" query={`region=${scope}`} />}
      />
      <StatusFilter villages={within} only={only} onOnly={setOnly} />
      <Table<VillageView>
        size="middle"
        rowKey="region"
        columns={columns}
        dataSource={[...shown]}
        loading={isLoading}
        pagination={{
          pageSize: pageRows,
          current: Math.min(page, Math.max(1, Math.ceil(shown.length / pageRows))),
          onChange: setPage,
          showSizeChanger: false,
          hideOnSinglePage: true,
        }}
        rowClassName={(village) => (village.region === selected ? 'row is-selected' : 'row')}
        onRow={(village) => ({ onClick: () => onSelect(village.region) })}
        locale={{
          emptyText: isLoading ? (
            ' '
          ) : (
            <EmptyState title={t('villages.none')} whatToDo={t('villages.noneWhat')} />
          ),
        }}
      />
    </>
  );
}

interface FilterProps {
  readonly villages: readonly VillageView[];
  readonly only: VillageStatus | null;
  readonly onOnly: (only: VillageStatus | null) => void;
}

/** 全部 671 · ● 可联通 611 · …: counts that filter. */
function StatusFilter({ villages, only, onOnly }: FilterProps): ReactElement {
  const { t } = useTranslation();
  const counts = countStatuses(villages);
  return (
    <div className="filter" role="group" aria-label={t('villages.filter')}>
      <button type="button" aria-pressed={only === null} onClick={() => onOnly(null)}>
        {t('villages.all')} <b>{villages.length}</b>
      </button>
      {statuses.map((status) => (
        <button
          key={status}
          type="button"
          aria-pressed={only === status}
          onClick={() => onOnly(only === status ? null : status)}
        >
          <StatusDot status={status} /> {t(`status.${status}`)} <b>{counts[status]}</b>
        </button>
      ))}
    </div>
  );
}
