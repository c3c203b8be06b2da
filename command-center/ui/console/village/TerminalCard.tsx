import type { TerminalView } from '@sightline/contracts';
import { formatSinceInstant, useNow, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { StatusWord } from '../parts/StatusWord.tsx';
import { EnrolButton, RevokeButton } from './terminal-acts.tsx';

/** One terminal: whether it is there, what waits on it, what it could not get accepted. */
export function TerminalCard({ terminal }: { readonly terminal: TerminalView }): ReactElement {
  const { t } = useWords();
  const isEnrolled = terminal.enrolledAt !== null;
  return (
    <div className="terminal">
      <div className="terminal-head">
        <strong className="code-number">{terminal.terminalId}</strong>
        {terminal.simulated && <span className="tag">{t('villages.simulated')}</span>}
      </div>
      {isEnrolled ? (
        <StatusWord status={terminal.status} since={terminal.since} />
      ) : (
        <span className="quiet">{t('terminals.notEnrolled')}</span>
      )}
      {isEnrolled && <TerminalLines terminal={terminal} />}
      <div className="actions">
        <EnrolButton terminal={terminal} />
        <RevokeButton terminal={terminal} />
      </div>
    </div>
  );
}

/** What a terminal's row says beside its status. */
export function TerminalLines({ terminal }: { readonly terminal: TerminalView }): ReactElement {
  const { t, language } = useWords();
  const now = useNow(10_000);
  const { waiting, oldestWaitingAt, deadLetters, upToDate, camera, version } = terminal;
  const oldest =
    oldestWaitingAt === null
      ? ''
      : formatSinceInstant(Temporal.Instant.from(oldestWaitingAt), now, language);
  return (
    <ul className="terminal-lines">
      <li>
        {waiting === 0 ? t('link.nothingWaiting') : t('terminals.waiting', { waiting, oldest })}
      </li>
      {deadLetters > 0 && (
        <li className="warn">▲ {t('terminals.deadLetters', { count: deadLetters })}</li>
      )}
      <li className={upToDate ? 'quiet' : 'warn'}>
        {upToDate ? t('terminals.upToDate') : t('terminals.behind')}
      </li>
      {camera !== null && (
        <li className={camera === 'failed' ? 'warn' : 'quiet'}>{t(`camera.${camera}`)}</li>
      )}
      {version !== null && <li className="quiet">{t('terminals.version', { version })}</li>}
    </ul>
  );
}
