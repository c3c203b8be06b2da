import type { TerminalView } from '@sightline/contracts';
import type { TableColumnsType } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useList } from '../api/use-list.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ExportButton } from '../parts/ExportButton.tsx';
import { ListTable } from '../parts/ListTable.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { StatusWord } from '../parts/StatusWord.tsx';
import type { PlaceProps } from '../shell/place-props.ts';
import { useRegion, Workplace } from '../shell/Workplace.tsx';
import { TerminalDetail } from '../village/TerminalDetail.tsx';
import { TerminalLines } from '../village/TerminalCard.tsx';
import { terminalsKey } from '../village/use-people.ts';

/** 终端: all of a region, with what waits on them; a chosen one beside them. */
export function TerminalsPage({ region, chosen }: PlaceProps): ReactElement {
  const { t } = useTranslation();
  const scope = useRegion(region);
  const regions = useRegions();
  const [, goTo] = useLocation();
  const list = useList<TerminalView>({
    key: terminalsKey,
    url: `/api/terminals?region=${scope}`,
    cursor: 'after',
    renewMs: 10_000,
  });
  const terminal = list.items.find(({ terminalId }) => terminalId === chosen);
  const columns = useColumns({ scope, isNarrow: terminal !== undefined });
  return (
    <Workplace
      page="terminals"
      region={scope}
      aside={
        terminal === undefined ? null : (
          <TerminalDetail terminal={terminal} onClose={() => goTo(`/terminals/${scope}`)} />
        )
      }
    >
      <PageHead
        title={placeName(regions, scope)}
        of={t('terminals.title')}
        acts={<ExportButton list="terminals" query={`region=${scope}`} />}
      />
      <ListTable<TerminalView>
        list={list}
        rowKey={({ terminalId }) => terminalId}
        columns={columns}
        empty={{ title: t('terminals.none'), whatToDo: t('terminals.noneHere') }}
        selected={terminal?.terminalId ?? null}
        onOpen={({ terminalId }) => goTo(`/terminals/${scope}/${terminalId}`)}
      />
    </Workplace>
  );
}

interface Shape {
  readonly scope: string;
  /** A terminal stands beside the list: only what tells them apart is shown. */
  readonly isNarrow: boolean;
}

function useColumns({ scope, isNarrow }: Shape): TableColumnsType<TerminalView> {
  const { t } = useTranslation();
  const regions = useRegions();
  const columns: TableColumnsType<TerminalView> = [
    {
      title: t('terminals.one'),
      key: 'terminal',
      render: (_, { terminalId, region, simulated }) => (
        <span className="village-cell">
          <Link href={`/terminals/${scope}/${terminalId}`}>{placeName(regions, region)}</Link>
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
  ];
  if (isNarrow) return columns;
  return [
    ...columns,
    {
      title: t('terminals.condition'),
      key: 'condition',
      responsive: ['md'],
      render: (_, terminal) =>
        terminal.enrolledAt === null ? null : <TerminalLines terminal={terminal} />,
    },
  ];
}
