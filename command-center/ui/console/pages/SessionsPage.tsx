import type { SessionView } from '@sightline/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/call.ts';
import { useCommand } from '../api/use-command.ts';
import { meKey } from '../api/use-me.ts';
import { PasswordForm } from '../access/PasswordForm.tsx';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';

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

/** The browser's name out of what it says of itself. */
function browserOf(agent: string): string {
  const known = /(Edg|OPR|Firefox|HeadlessChrome|Chrome|Safari)\/(\d+)/.exec(agent);
  const system = /(Windows|Mac OS X|Android|iPhone|Linux)/.exec(agent)?.[1] ?? '';
  return known === null ? agent.slice(0, 40) || '–' : `${known[1]} ${known[2]} · ${system}`;
}
