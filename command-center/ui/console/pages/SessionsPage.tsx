import type { SessionView } from '@sightline/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/call.ts';
import { useCommand } from '../api/use-command.ts';
import { meKey } from '../api/use-me.ts';
import { PasswordForm } from '../access/PasswordForm.tsx';
import { ActButton } from '../parts/ActButton.tsx';
import { browserOf } from '../parts/browser-of.ts';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { SecondFactorSection } from '../second-factor/SecondFactorSection.tsx';

const key = ['sessions'] as const;

/** 我的会话: where this account is signed in, and the way to end each. */
export function SessionsPage(): ReactElement {
  const { t } = useTranslation();
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => get<readonly SessionView[]>('/api/sessions', signal),
    refetchInterval: 30_000,
  });
  return (
    <main className="plain-page is-narrow">
      <h1 className="page-title">{t('nav.sessions')}</h1>
      <p className="quiet page-lead">{t('sessions.lead')}</p>
      <ProblemLine problem={error} />
      <ul className="cards">
        {data?.map((session) => (
          <SessionCard key={session.sessionId} session={session} />
        ))}
      </ul>
      <SecondFactorSection />
      <PasswordForm />
    </main>
  );
}

function SessionCard({ session }: { readonly session: SessionView }): ReactElement {
  const { t } = useTranslation();
  const end = useCommand<void>(session.current ? [meKey] : [key]);
  const url = session.current ? '/api/session' : `/api/sessions/${session.sessionId}`;
  return (
    <li className="card">
      <div className="card-text">
        <strong>
          {browserOf(session.agent)}
          {session.current && <span className="tag">{t('sessions.this')}</span>}
        </strong>
        <span className="quiet">
          {session.address} · {t('sessions.opened')} <When at={session.createdAt} /> ·{' '}
          {t('sessions.seen')} <When at={session.seenAt} /> · {t('sessions.ends')}{' '}
          <When at={session.expiresAt} />
        </span>
        <ProblemLine problem={end.problem} />
      </div>
      <ActButton
        reason={null}
        isRunning={end.isRunning}
        onClick={() => void end.run({ method: 'DELETE', url })}
      >
        {t(session.current ? 'signOut' : 'sessions.end')}
      </ActButton>
    </li>
  );
}
