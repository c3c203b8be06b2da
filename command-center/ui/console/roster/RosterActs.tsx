import type { VillageRosterView } from '@sightline/contracts';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { GenerateButton } from './GenerateDialog.tsx';
import { ImportButton } from './ImportDialog.tsx';

interface Props {
  /** What whole rosters are made for: a township or village; wider ones have their buttons off. */
  readonly scope: string;
  readonly month: string;
  /** Of a village; null = a wider region. */
  readonly roster: VillageRosterView | null;
}

/** 生成, 导入, 导出, 打印. */
export function RosterActs({ scope, month, roster }: Props): ReactElement {
  const { t } = useTranslation();
  const may = useMay('change-roster');
  const isWide = scope.length < 9;
  const isBare = roster !== null && !roster.people.some(({ isActive }) => isActive);
  const reason = !may ? t('reason.role') : isWide ? t('roster.chooseTownship') : null;
  const noPeople = isBare ? t('roster.noPeopleWhat') : null;
  const query = `region=${scope}&month=${month}&purpose=roster-upkeep`;
  return (
    <>
      <GenerateButton scope={scope} month={month} roster={roster} reason={reason ?? noPeople} />
      <ImportButton scope={scope} reason={reason} />
      {!isWide && <ExportButton list="rosters" query={query} isPersonal />}
      {roster !== null && (
        <ActButton reason={null} onClick={() => print()}>
          {t('roster.print')}
        </ActButton>
      )}
    </>
  );
}
