import { Notice, PageBoundary } from '@sightline/look';
import { lazy, Suspense, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from './api/call.ts';
import { useMeQuery } from './api/use-me.ts';
import { SecondFactorPage } from './second-factor/SecondFactorPage.tsx';
import { LinkPage } from './sign-in/LinkPage.tsx';
import { SignInFrame } from './sign-in/SignInFrame.tsx';
import { SignInPage } from './sign-in/SignInPage.tsx';

/** Everything behind the sign-in comes when somebody is signed in. */
const Shell = lazy(() => import('./shell/Shell.tsx').then(({ Shell }) => ({ default: Shell })));

interface Props {
  /** Of the one-time sign-in link this page was opened with. */
  readonly linkToken: string | null;
}

export function App({ linkToken }: Props): ReactElement | null {
  const { t } = useTranslation();
  const [token, setToken] = useState(linkToken);
  // Asked only once the link has been used: an answer from before would hide the sign-in.
  const me = useMeQuery({ isAsked: token === null });
  if (token !== null) return <LinkPage token={token} onDone={() => setToken(null)} />;
  const isOut = me.error instanceof Problem && me.error.status === 401;
  const stands = me.data?.secondFactor ?? null;
  if (!isOut && (stands === 'to-set-up' || stands === 'to-prove')) {
    return <SecondFactorPage stands={stands} />;
  }
  if (me.data?.kind === 'account' && !isOut) {
    return (
      <PageBoundary pageKey="shell" isUnattended={false}>
        <Suspense fallback={<p className="console-loading">{t('loading')}</p>}>
          <Shell />
        </Suspense>
      </PageBoundary>
    );
  }
  if (me.isPending) return null;
  const isNobody =
    me.data !== undefined || (me.error instanceof Problem && me.error.status === 401);
  if (isNobody) return <SignInPage />;
  return (
    <SignInFrame title={t('unreachable.title')}>
      <Notice
        tone="fault"
        title={t('unreachable.what')}
        remedy={t('unreachable.remedy')}
        action={
          <button type="button" className="plain-button" onClick={() => void me.refetch()}>
            {t('button.retry')}
          </button>
        }
      />
    </SignInFrame>
  );
}
