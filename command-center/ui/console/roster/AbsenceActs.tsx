import type { AbsenceDecision, AbsenceView } from '@sightline/contracts';
import { dateAt, useNow } from '@sightline/look';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { useRosterCommand } from './use-roster.ts';

const marks = { asked: '○', approved: '✓', refused: '✕', withdrawn: '–' } as const;

/** Where an absence stands, and what may be done with it; a button that is off says why. */
export function AbsenceActs({ absence }: { readonly absence: AbsenceView }): ReactElement {
  const { t } = useTranslation();
  const may = useMay('change-roster');
  const today = dateAt(useNow(60_000)).toString();
  const send = useRosterCommand<{ readonly state: string }>();
  const { absenceId, state, to, isOwnMatter } = absence;
  const decide = (decision: AbsenceDecision) =>
    void send.run({
      method: 'POST',
      url: `/api/absences/${absenceId}/decide`,
      body: { decision },
    });
  const role = may ? null : t('reason.role');
  const over = to < today ? t('problem.absence-past') : null;
  const own = role ?? (isOwnMatter ? t('problem.own-matter') : null);
  return (
    <div className="change-acts">
      <span className={state === 'approved' ? 'good' : state === 'asked' ? '' : 'quiet'}>
        {marks[state]} {t(`absences.state.${state}`)}
      </span>
      {(state === 'asked' || (state === 'approved' && over === null)) && (
        <div className="actions">
          {state === 'asked' && (
            <>
              <ActButton
                kind="main"
                reason={own ?? over}
                isRunning={send.isRunning}
                onClick={() => decide('approved')}
              >
                {t('absences.approve')}
              </ActButton>
              <ActButton reason={own} isRunning={send.isRunning} onClick={() => decide('refused')}>
                {t('absences.refuse')}
              </ActButton>
            </>
          )}
          {state === 'approved' && (
            <ActButton
              kind="text"
              reason={role}
              isRunning={send.isRunning}
              onClick={() => decide('withdrawn')}
            >
              {t('absences.withdraw')}
            </ActButton>
          )}
        </div>
      )}
      <ProblemLine problem={send.problem} />
    </div>
  );
}
