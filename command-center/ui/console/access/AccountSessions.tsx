import type { AccountView, SessionsEnded, SessionView } from '@sightline/contracts';
import { EmptyState } from '@sightline/look';
import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/call.ts';
import { useCommand } from '../api/use-command.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { browserOf } from '../parts/browser-of.ts';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';

const sessionsKey = (accountId: string) => ['account-sessions', accountId] as const;

/** Where an account is signed in, and the end of each: opened on demand, for looking is on record. */
export function AccountSessions({ account }: { readonly account: AccountView }): ReactElement {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const login = account.login ?? t('accounts.unused');
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('accounts.sessions')}</Button>
      <Modal
        open={isOpen}
        onCancel={() => setOpen(false)}
        footer={null}
        title={t('accounts.sessionsOf', { login })}
        destroyOnHidden
      >
        <SessionList accountId={account.accountId} />
      </Modal>
    </>
  );
}

function SessionList({ accountId }: { readonly accountId: string }): ReactElement {
  const { t } = useTranslation();
  const url = `/api/accounts/${accountId}/sessions`;
  const { data, error } = useQuery({
    queryKey: sessionsKey(accountId),
    queryFn: ({ signal }) => get<readonly SessionView[]>(url, signal),
    // Each reading is audited: it is not read again by itself.
    staleTime: Infinity,
    gcTime: 0,
  });
  const end = useCommand<SessionsEnded>([sessionsKey(accountId)]);
  const others = data?.filter(({ current }) => !current) ?? [];
  return (
    <>
      <ProblemLine problem={error ?? end.problem} />
      {data?.length === 0 && (
        <EmptyState title={t('accounts.noSessions')} whatToDo={t('accounts.noSessionsWhat')} />
      )}
      <ul className="cards">
        {data?.map((session) => (
          <li key={session.sessionId} className="card">
            <div className="card-text">
              <strong>
                {browserOf(session.agent)}
                {session.current && <span className="tag">{t('sessions.this')}</span>}
              </strong>
              <span className="quiet">
                {session.address} · {t('sessions.seen')} <When at={session.seenAt} />
              </span>
            </div>
            <ActButton
              reason={session.current ? t('reason.ownSession') : null}
              onClick={() => void end.run({ method: 'DELETE', url: `${url}/${session.sessionId}` })}
            >
              {t('sessions.end')}
            </ActButton>
          </li>
        ))}
      </ul>
      {others.length > 1 && (
        <ActButton
          reason={others.length < (data?.length ?? 0) ? t('reason.ownSession') : null}
          isRunning={end.isRunning}
          onClick={() => void end.run({ method: 'DELETE', url })}
        >
          {t('accounts.endAll')}
        </ActButton>
      )}
    </>
  );
}
