import { Button, Dropdown } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { exportRows } from '#domain/export-cell.ts';
import { useDownload } from '../api/use-download.ts';
import { useKeys } from '../shell/use-keys.ts';
import { ProblemLine } from './ProblemLine.tsx';

interface Props {
  /** Behind `/api/export/`, without the ending: `terminals`, `villages/540235100201/people`. */
  readonly list: string;
  /** Such as `region=5402&purpose=duty-watch`. */
  readonly query?: string;
  /** Holds names: as a workbook alone. */
  readonly isPersonal?: boolean;
  /** `e` starts it: the main list of a page. */
  readonly hasKey?: boolean;
}

/** 导出. The whole list as a workbook, or as plain text where it names nobody. */
export function ExportButton(props: Props): ReactElement {
  const { list, query = '', isPersonal = false, hasKey = true } = props;
  const { t } = useTranslation();
  const download = useDownload();
  const run = (kind: 'xlsx' | 'csv') =>
    void download.run(`/api/export/${list}.${kind}${query === '' ? '' : `?${query}`}`);
  useKeys(hasKey ? { e: () => run('xlsx') } : {});
  const rows = exportRows.toLocaleString('en');
  const hint = t(isPersonal ? 'export.audited' : 'export.most', { rows });
  const button = (
    <Button title={hint} loading={download.isRunning} onClick={() => run('xlsx')}>
      {t('export.button')}
    </Button>
  );
  const items = (['xlsx', 'csv'] as const).map((kind) => ({
    key: kind,
    label: t(`export.${kind}`),
    onClick: () => run(kind),
  }));
  return (
    <span className="export">
      {isPersonal ? (
        button
      ) : (
        <Dropdown menu={{ items }} trigger={['click']}>
          <Button title={hint} loading={download.isRunning}>
            {t('export.button')} <span aria-hidden="true">▾</span>
          </Button>
        </Dropdown>
      )}
      <ProblemLine problem={download.problem} />
    </span>
  );
}
