import type { DutyEvidence, LedgerDutyView } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { get } from '../api/call.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { VerdictWord } from '../ledger/VerdictWord.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { CaseCard } from './CaseCard.tsx';
import { BeginCase } from './CaseForms.tsx';
import type { ChosenDuty } from './duty-id.ts';

interface Props {
  readonly duty: ChosenDuty;
  readonly onClose: () => void;
}

/** One duty beside the ledger: what was found and on what it rests, and everything said against it. */
export function DutyDetail({ duty, onClose }: Props): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const { region, post, starts } = duty;
  const query = `region=${region}&post=${post}&starts=${starts}&purpose=duty-watch`;
  const { data, error } = useQuery({
    queryKey: ['ledger', 'duty', query],
    queryFn: ({ signal }) => get<LedgerDutyView>(`/api/ledger/duty?${query}`, signal),
    // Each reading is audited.
    refetchOnWindowFocus: false,
  });
  useKeys({ Escape: onClose });
  return (
    <article className="village correction" aria-label={t('corrections.duty')}>
      <header className="village-head">
        <div>
          <p className="quiet">{placeName(regions, region)}</p>
          {data !== undefined && (
            <>
              <h2>{data.row.name ?? t('dutyLedger.unnamed')}</h2>
              <p className="quiet">
                {data.row.day} {t(`dutyLedger.span.${data.row.span}`)} ·{' '}
                {t(`dutyLedger.post.${post}`)}
              </p>
            </>
          )}
        </div>
        <button type="button" className="close" aria-label={t('button.close')} onClick={onClose}>
          ✕
        </button>
      </header>
      <ProblemLine problem={error} />
      {data !== undefined && <Known view={data} />}
    </article>
  );
}

function Known({ view }: { readonly view: LedgerDutyView }): ReactElement {
  const { t } = useWords();
  const { row, evidence, chain } = view;
  return (
    <>
      <section className="section" aria-label={t('corrections.original')}>
        <h3>{t('corrections.original')}</h3>
        <VerdictWord row={row} />
        {row.checkedOutAt !== null && row.checkOutMethod !== null && (
          <p className="quiet">
            {t('checkIns.out')} <When at={row.checkedOutAt} /> {t(`method.${row.checkOutMethod}`)}
          </p>
        )}
      </section>
      <section className="section" aria-label={t('corrections.evidence')}>
        <h3>{t('corrections.evidence')}</h3>
        {evidence.length === 0 ? (
          <p className="quiet">{t('corrections.noEvidence')}</p>
        ) : (
          <ul className="duty-evidence">
            {evidence.map((each) => (
              <EvidenceLine key={`${each.terminalId} ${each.at} ${each.personId}`} line={each} />
            ))}
          </ul>
        )}
      </section>
      <section className="section" aria-label={t('corrections.chain')}>
        <h3>{t('corrections.chain')}</h3>
        {chain.length === 0 && <p className="quiet">{t('corrections.none')}</p>}
        <ol className="case-chain">
          {chain.map((each) => (
            <li key={`${each.correctionId} ${each.state}`}>
              <CaseCard view={each} row={row} />
            </li>
          ))}
        </ol>
        <BeginCase key={row.openCase} row={row} />
      </section>
    </>
  );
}

/** Who checked in, how surely, and by both clocks. */
function EvidenceLine({ line }: { readonly line: DutyEvidence }): ReactElement {
  const { t } = useWords();
  return (
    <li>
      <span>
        <strong>{line.name ?? t('dutyLedger.unnamed')}</strong> {t(`method.${line.method}`)}
        {!line.certain && <span className="tag">{t('checkIns.uncertain')}</span>}
        {line.sampleCamera && <span className="tag">{t('sampleCamera.one')}</span>}
        {line.simulated && <span className="tag">{t('villages.simulated')}</span>}
      </span>
      <span className="quiet">
        {t('corrections.deviceTime')} <When at={line.at} />
        {line.effectiveAt !== line.at && (
          <>
            {' → '}
            <When at={line.effectiveAt} />
          </>
        )}
        {' · '}
        {t('corrections.received')} <When at={line.receivedAt} />
      </span>
    </li>
  );
}
