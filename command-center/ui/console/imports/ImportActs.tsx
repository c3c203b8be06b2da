import type { ImportView } from '@sightline/contracts';
import { App } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/use-command.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { importsKey } from './use-imports.ts';

/** What may happen to an import next: it is applied, taken back, or put away. Each asks first. */
export function ImportActs({ view }: { readonly view: ImportView }): ReactElement | null {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const step = useCommand<{ importId: string }>([importsKey]);
  const { importId, state, wrong, toAdd, toChange, fileName } = view;
  const url = `/api/imports/${importId}`;
  const ask = (what: 'apply' | 'undo' | 'discard') =>
    modal.confirm({
      title: t(`imports.ask.${what}`, { fileName }),
      content: t(`imports.askWhat.${what}`, { toAdd, toChange }),
      okText: t(`imports.act.${what}`),
      cancelText: t('button.cancel'),
      okButtonProps: { danger: what !== 'apply' },
      onOk: () =>
        step.run(
          what === 'discard'
            ? { method: 'DELETE', url }
            : { method: 'POST', url: `${url}/${what}`, body: {} },
        ),
    });
  const isChecked = state === 'checked';
  const reason = refuseApply({ wrong, toAdd, toChange });
  const refusal = reason === null ? null : t(`imports.${reason}`);
  useKeys(isChecked && refusal === null ? { a: () => void ask('apply') } : {});
  return (
    <div className="import-acts">
      <div className="actions">
        {isChecked && (
          <ActButton
            kind="main"
            reason={refusal}
            isRunning={step.isRunning}
            onClick={() => void ask('apply')}
          >
            {t('imports.act.apply')}
          </ActButton>
        )}
        {state === 'applied' && (
          <ActButton reason={null} isRunning={step.isRunning} onClick={() => void ask('undo')}>
            {t('imports.act.undo')}
          </ActButton>
        )}
        {isChecked && (
          <ActButton reason={null} onClick={() => void ask('discard')}>
            {t('imports.act.discard')}
          </ActButton>
        )}
      </div>
      {isChecked && refusal !== null && <p className="reason">{refusal}</p>}
      <ProblemLine problem={step.problem} />
    </div>
  );
}

type Outcome = Pick<ImportView, 'wrong' | 'toAdd' | 'toChange'>;

/** Why it cannot be applied as it is; null = it can. */
function refuseApply({ wrong, toAdd, toChange }: Outcome): 'hasWrong' | 'nothingToDo' | null {
  if (wrong > 0) return 'hasWrong';
  return toAdd + toChange === 0 ? 'nothingToDo' : null;
}
