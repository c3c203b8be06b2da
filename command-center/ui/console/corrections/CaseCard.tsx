import type { CorrectionStep, CorrectionView, LedgerRow } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement, ReactNode } from 'react';
import { refuseDecider } from '#domain/watch/decide-correction.ts';
import { useCommand } from '../api/use-command.ts';
import { useMay } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { ProposeForm } from './CaseForms.tsx';

interface Props {
  readonly view: CorrectionView;
  readonly row: LedgerRow;
}

/** One case: what was said, proposed and decided, by whom and when, and what is to be done now. */
export function CaseCard({ view, row }: Props): ReactElement {
  const { t } = useWords();
  const { appeal, proposal, decision, state } = view;
  return (
    <article className={`case case-${state}`}>
      <h4>{t(`corrections.state.${state}`)}</h4>
      {appeal !== null && (
        <Step
          step={appeal}
          what={`${t('corrections.appealed')} ${t(`appeal.reason.${appeal.reason}`)}`}
          nobody={appeal.terminalId === null ? null : t('corrections.atTerminal')}
        >
          {appeal.receivedAt !== appeal.at && (
            <span className="quiet">
              {t('corrections.received')} <When at={appeal.receivedAt} />
            </span>
          )}
          {appeal.text !== '' && <q className="case-words">{appeal.text}</q>}
          {appeal.gone !== null && (
            <span className="quiet">{t(`corrections.gone.${appeal.gone}`)}</span>
          )}
        </Step>
      )}
      {proposal !== null && (
        <Step
          step={proposal}
          what={t('corrections.proposed', {
            original: t(`dutyLedger.verdict.${proposal.original}`),
            verdict: t(`corrections.verdict.${proposal.verdict}`),
          })}
          nobody={null}
        >
          <span className="quiet">{t(`appeal.reason.${proposal.reason}`)}</span>
        </Step>
      )}
      {decision !== null && (
        <Step step={decision} what={t(`corrections.state.${state}`)} nobody={null} />
      )}
      {state === 'appealed' && <ProposeForm row={row} answers={view.correctionId} />}
      {state === 'proposed' && <Decide view={view} />}
    </article>
  );
}

interface StepProps {
  readonly step: CorrectionStep;
  readonly what: string;
  /** Who it was where no account did it; null = an account without a login. */
  readonly nobody: string | null;
  readonly children?: ReactNode;
}

function Step({ step, what, nobody, children }: StepProps): ReactElement {
  const { t } = useWords();
  return (
    <div className="case-step">
      <span>{what}</span>
      <span className="quiet">
        {step.by ?? nobody ?? t('corrections.noLogin')} · <When at={step.at} />
      </span>
      {children}
    </div>
  );
}

function Decide({ view }: { readonly view: CorrectionView }): ReactElement {
  const { t } = useWords();
  const mayCorrect = useMay('correct-ledger');
  const command = useCommand<object>([['ledger'], ['corrections']]);
  const { appeal, proposal } = view;
  const barred = refuseDecider(
    {
      proposedBy: proposal?.isOwn === true ? 'me' : null,
      appealedBy: appeal?.isOwn === true ? 'me' : null,
    },
    'me',
  );
  const why = barred?.code ?? (view.isOwnMatter ? 'own-matter' : null);
  const own = why === null ? null : t(`problem.${why}`);
  const reason = mayCorrect ? own : t('reason.role');
  const url = `/api/corrections/${view.correctionId}/decide`;
  const decide = (decision: 'approved' | 'refused') =>
    void command.run({ method: 'POST', url, body: { decision } });
  return (
    <>
      <div className="actions">
        <ActButton
          kind="main"
          reason={reason}
          isRunning={command.isRunning}
          onClick={() => decide('approved')}
        >
          {t('corrections.approve')}
        </ActButton>
        <ActButton reason={reason} isRunning={command.isRunning} onClick={() => decide('refused')}>
          {t('corrections.refuse')}
        </ActButton>
      </div>
      {reason !== null && <p className="fine">{reason}</p>}
      <ProblemLine problem={command.problem} />
    </>
  );
}
