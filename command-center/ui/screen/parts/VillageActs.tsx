import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { useTerminals, type Terminal } from '../link/use-terminals.ts';

interface Props {
  readonly region: string;
  /** Status of the village: when it changes, terminals may have come or gone. */
  readonly status: string;
}

/** What can be done about a village, each one link: the console opens there for whoever is signed in. */
export function VillageActs({ region, status }: Props): ReactElement {
  const { t } = useWords();
  const terminals = useTerminals(region, status);
  return (
    <nav className="acts" aria-label={t('village.acts')}>
      {(terminals ?? []).map((terminal) => (
        <TerminalLink key={terminal.terminalId} region={region} terminal={terminal} />
      ))}
      {terminals === null && (
        <a className="acts-terminal" href={`/console/terminals/${region}`}>
          {t('village.openTerminal')}
        </a>
      )}
      {terminals?.length === 0 && (
        <a className="acts-terminal" href={`/console/villages/${region}`}>
          {t('village.makeTerminal')}
        </a>
      )}
      <a href={`/console/villages/${region}`}>{t('village.people')}</a>
      <a href={`/console/trouble/${region}`}>{t('village.trouble')}</a>
    </nav>
  );
}

function TerminalLink({
  region,
  terminal,
}: {
  readonly region: string;
  readonly terminal: Terminal;
}): ReactElement {
  const { t } = useWords();
  const { terminalId, simulated, enrolledAt } = terminal;
  const kind = simulated ? t('village.simulated') : t('village.real');
  return (
    <a className="acts-terminal" href={`/console/terminals/${region}/${terminalId}`}>
      <span>{t('village.openTerminal')}</span>
      <span className="acts-detail">
        {terminalId} · {enrolledAt === null ? t('village.notEnrolled') : kind}
      </span>
    </a>
  );
}
