import { useNow, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { refuseWithdrawal } from '#domain/decide-spot-check.ts';
import { useCommand } from '../api/use-command.ts';
import { useMay } from '../api/use-me.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { CheckedVillages } from './CheckedVillages.tsx';
import { AnswerStrip, Funnel } from './Funnel.tsx';
import { useSpellLength } from './spell-length.ts';
import { useCheck, useProgress } from './use-checks.ts';

interface Props {
  readonly checkId: string;
  readonly scope: string;
  readonly onClose: () => void;
}

/** One check, live while it rings. Opening it is audited, for it names who answered. */
export function CheckDetail({ checkId, scope, onClose }: Props): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const now = useNow();
  const spell = useSpellLength();
  const first = useCheck(checkId, scope, false);
  const until = first.data === undefined ? null : Temporal.Instant.from(first.data.until);
  const leftMs = until === null ? 0 : Math.max(0, now.until(until).total('milliseconds'));
  const isOver = until !== null && leftMs === 0;
  const { data: view = first.data, error } = useCheck(checkId, scope, isOver);
  const isWithdrawn = view !== undefined && view.withdrawnAt !== null;
  const progress = useProgress(checkId, scope, isOver || isWithdrawn);
  useKeys({ Escape: onClose });
  return (
    <article className="spot-check">
      <button type="button" className="check-back" onClick={onClose}>
        ‹ {t('checks.toAll')}
      </button>
      <ProblemLine problem={error ?? progress.error} />
      {view === undefined ? (
        <PageHead title={placeName(regions, scope)} of={t('checks.title')} />
      ) : (
        <>
          <PageHead
            title={t(`checks.reason.${view.reason}`)}
            of={placeName(regions, view.region)}
            acts={<Withdraw checkId={checkId} view={view} now={now} />}
          />
          <p className="page-lead">
            {view.note !== '' && <span className="check-note">{view.note}</span>}
            <span className="quiet">
              {t('checks.orderedBy', { login: view.by })} <When at={view.orderedAt} />
              {' · '}
              {view.withdrawnAt !== null
                ? t('checks.withdrawn')
                : isOver
                  ? t('checks.over', { length: spell(view.seconds * 1000) })
                  : t('checks.rings', { left: spell(leftMs) })}
            </span>
          </p>
        </>
      )}
      {progress.data !== undefined && (
        <>
          <div className="check-figures">
            <Funnel funnel={progress.data.funnel} />
            {view !== undefined && <AnswerStrip progress={progress.data} seconds={view.seconds} />}
          </div>
          <CheckedVillages villages={progress.data.villages} view={view} checkId={checkId} />
        </>
      )}
      {view !== undefined && view.leftOut.length > 0 && (
        <p className="fine">{t('checks.notRung', { count: view.leftOut.length })}</p>
      )}
    </article>
  );
}

function Withdraw(props: {
  readonly checkId: string;
  readonly view: { readonly until: string; readonly withdrawnAt: string | null };
  readonly now: Temporal.Instant;
}): ReactElement {
  const { t } = useWords();
  const mayOrder = useMay('order-spot-check');
  const command = useCommand<object>([['spot-checks']]);
  const { until, withdrawnAt } = props.view;
  const refusal = refuseWithdrawal({ until, isWithdrawn: withdrawnAt !== null }, props.now);
  const over = refusal === null ? null : t(`problem.${refusal.code}`);
  const url = `/api/spot-checks/${props.checkId}/withdraw`;
  return (
    <>
      <ActButton
        reason={mayOrder ? over : t('checks.mayNot')}
        isRunning={command.isRunning}
        onClick={() => void command.run({ method: 'POST', url, body: {} })}
      >
        {t('checks.withdraw')}
      </ActButton>
      <ActButton reason={null} onClick={() => print()}>
        {t('checks.print')}
      </ActButton>
      <ProblemLine problem={command.problem} />
    </>
  );
}
