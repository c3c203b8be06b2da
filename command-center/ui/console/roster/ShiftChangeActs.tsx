import { isOpenChange, type ShiftChangeView, type ShiftDecision } from '@sightline/contracts';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { useRosterCommand } from './use-roster.ts';

const marks = {
  asked: '○',
  agreed: '◐',
  declined: '✕',
  approved: '✓',
  refused: '✕',
  withdrawn: '–',
} as const;
/** Why it cannot be approved as it stands. */
const obstacles = { asked: 'not-agreed', declined: 'declined-there' } as const;

/** Where a request stands, and what may be done with it; a button that is off says why. */
export function ShiftChangeActs({ change }: { readonly change: ShiftChangeView }): ReactElement {
  const { t } = useTranslation();
  const may = useMay('change-roster');
  const send = useRosterCommand<{ readonly state: string }>();
  const { changeId, state, isOwn, isOwnMatter, kind } = change;
  const url = `/api/shift-changes/${changeId}`;
  const decide = (decision: ShiftDecision) =>
    void send.run({ method: 'POST', url: `${url}/decide`, body: { decision } });
  const isOpen = isOpenChange(state);
  const obstacle =
    state === 'asked' || state === 'declined' ? t(`problem.${obstacles[state]}`) : null;
  const role = may ? null : t('reason.role');
  const bar = isOwn ? 'own-request' : isOwnMatter ? 'own-matter' : null;
  const own = role ?? (bar === null ? null : t(`problem.${bar}`));
  return (
    <div className="change-acts">
      <span
        className={
          state === 'approved' ? 'good' : state === 'declined' ? 'warn' : isOpen ? '' : 'quiet'
        }
      >
        {marks[state]} {t(`roster.state.${state}`)}
      </span>
      {isOpen && (
        <div className="actions">
          {state === 'asked' && (
            <ActButton
              reason={role}
              isRunning={send.isRunning}
              onClick={() => void send.run({ method: 'POST', url: `${url}/agree`, body: {} })}
            >
              {t(kind === 'take-over' ? 'roster.holderAgreed' : 'roster.otherAgreed')}
            </ActButton>
          )}
          <ActButton
            kind="main"
            reason={own ?? obstacle}
            isRunning={send.isRunning}
            onClick={() => decide('approved')}
          >
            {t('roster.approve')}
          </ActButton>
          <ActButton reason={own} isRunning={send.isRunning} onClick={() => decide('refused')}>
            {t('roster.refuse')}
          </ActButton>
          {isOwn && (
            <ActButton
              kind="text"
              reason={role}
              isRunning={send.isRunning}
              onClick={() => decide('withdrawn')}
            >
              {t('roster.withdraw')}
            </ActButton>
          )}
        </div>
      )}
      <ProblemLine problem={send.problem} />
    </div>
  );
}
