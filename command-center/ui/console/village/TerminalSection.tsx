import { EmptyState } from '@sightline/look';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/use-command.ts';
import { useMay } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { TerminalCard } from './TerminalCard.tsx';
import { terminalsKey, useTerminals } from './use-people.ts';

/** 村级终端 of a village. */
export function TerminalSection({ region }: { readonly region: string }): ReactElement {
  const { t } = useTranslation();
  const mayChange = useMay('change-terminals');
  const { data, error } = useTerminals(region);
  const create = useCommand<{ terminalId: string }>([terminalsKey, ['villages']]);
  const run = () => create.run({ method: 'POST', url: '/api/terminals', body: { region } });
  return (
    <section className="section" aria-label={t('terminals.title')}>
      <header className="section-head">
        <h3>{t('terminals.title')}</h3>
        <ActButton
          onClick={() => void run()}
          reason={mayChange ? null : t('reason.administrator')}
          isRunning={create.isRunning}
        >
          {t('terminals.create')}
        </ActButton>
      </header>
      <ProblemLine problem={create.problem ?? error} />
      {data?.items.length === 0 && (
        <EmptyState title={t('terminals.none')} whatToDo={t('terminals.noneWhat')} />
      )}
      {data?.items.map((terminal) => (
        <TerminalCard key={terminal.terminalId} terminal={terminal} />
      ))}
    </section>
  );
}
