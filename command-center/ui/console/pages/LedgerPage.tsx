import type { LedgerFigures, LedgerHint } from '@sightline/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { dutiesIn } from '#domain/watch/duty-figures.ts';
import { get } from '../api/call.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { DutyDetail } from '../corrections/DutyDetail.tsx';
import { dutyFromId } from '../corrections/duty-id.ts';
import { FiguresTable } from '../ledger/FiguresTable.tsx';
import { HintList } from '../ledger/HintList.tsx';
import { LedgerRows } from '../ledger/LedgerRows.tsx';
import { LedgerSummary } from '../ledger/LedgerSummary.tsx';
import { PeriodChoice } from '../ledger/PeriodChoice.tsx';
import { usePeriod } from '../ledger/use-period.ts';
import { ExportButton } from '../parts/ExportButton.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import type { PlaceProps } from '../shell/place-props.ts';
import { useRegion, Workplace } from '../shell/Workplace.tsx';

/** 值班台账 of a region and period: figures, duties by name, places and days. Printable. */
export function LedgerPage({ region, chosen }: PlaceProps): ReactElement {
  const { t } = useTranslation();
  const scope = useRegion(region);
  const regions = useRegions();
  const held = usePeriod();
  const { from, to } = held.period;
  const [, goTo] = useLocation();
  const at = `/ledger/${scope}`;
  const days = `?from=${from}&to=${to}`;
  const duty = dutyFromId(chosen);
  const query = `region=${scope}&from=${from}&to=${to}`;
  const figures = useFigures(query);
  const hints = useHints(query).data ?? [];
  return (
    <Workplace
      page="ledger"
      region={scope}
      aside={
        duty === null ? null : (
          <DutyDetail key={chosen} duty={duty} onClose={() => goTo(`${at}${days}`)} />
        )
      }
    >
      <PageHead
        title={placeName(regions, scope)}
        of={`${t('dutyLedger.title')} ${from === to ? from : `${from} – ${to}`}`}
        acts={
          <>
            <Button onClick={() => print()}>{t('dutyLedger.print')}</Button>
            <ExportButton list="ledger" query={`${query}&purpose=duty-watch`} isPersonal />
          </>
        }
      />
      <p className="quiet page-lead">{t('dutyLedger.lead')}</p>
      <PeriodChoice held={held} />
      <ProblemLine problem={figures.error} />
      {figures.data !== undefined && dutiesIn(figures.data.whole) > 0 && (
        <LedgerSummary figures={figures.data.whole} corrections={figures.data.corrections} />
      )}
      <HintList hints={hints} />
      <LedgerRows
        scope={scope}
        period={held.period}
        hints={hints}
        openCases={figures.data?.corrections.openCases ?? 0}
        chosen={duty === null ? null : (chosen ?? null)}
        onOpen={(id) => goTo(`${at}/${id}${days}`)}
      />
      {figures.data !== undefined && figures.data.byRegion.length > 0 && (
        <Lines
          figures={figures.data}
          isVillage={scope.length === 12}
          query={`from=${from}&to=${to}`}
          scope={scope}
        />
      )}
    </Workplace>
  );
}

interface LinesProps {
  readonly figures: LedgerFigures;
  readonly isVillage: boolean;
  readonly scope: string;
  readonly query: string;
}

/** Places by code and days in order, each leading to its own ledger. */
function Lines({ figures, isVillage, scope, query }: LinesProps): ReactElement {
  const { t } = useTranslation();
  const regions = useRegions();
  return (
    <>
      {!isVillage && (
        <FiguresTable
          title={t('dutyLedger.byRegion')}
          of={t('dutyLedger.place')}
          lines={figures.byRegion}
          nameOf={({ of }) => regions.byCode.get(of)?.name ?? of}
          placeOf={({ of }) => `/ledger/${of}?${query}`}
        />
      )}
      {figures.byDay.length > 1 && (
        <FiguresTable
          title={t('dutyLedger.byDay')}
          of={t('dutyLedger.day')}
          lines={figures.byDay}
          nameOf={({ of }) => of}
          placeOf={({ of }) => `/ledger/${scope}?from=${of}&to=${of}`}
        />
      )}
    </>
  );
}

function useFigures(query: string) {
  return useQuery({
    queryKey: ['ledger', 'figures', query],
    queryFn: ({ signal }) => get<LedgerFigures>(`/api/ledger/figures?${query}`, signal),
    placeholderData: keepPreviousData,
  });
}

/** Reading them is audited: once for a place and period, not each time the window is looked at. */
function useHints(query: string) {
  return useQuery({
    queryKey: ['ledger', 'hints', query],
    queryFn: ({ signal }) =>
      get<readonly LedgerHint[]>(`/api/ledger/hints?${query}&purpose=duty-watch`, signal),
    staleTime: Infinity,
  });
}
