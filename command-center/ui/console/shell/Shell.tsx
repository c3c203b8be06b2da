import { App as AntApp, ConfigProvider } from 'antd';
import { useWords } from '@sightline/look';
import { lazy, Suspense, useState, type ReactElement } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { Header } from './Header.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { libraryWords } from './library-words.ts';
import { antTheme, cspNonce } from './theme.ts';
import { useKeys } from './use-keys.ts';

const VillagesPage = lazy(() =>
  import('../pages/VillagesPage.tsx').then((page) => ({ default: page.VillagesPage })),
);
const TerminalsPage = lazy(() =>
  import('../pages/TerminalsPage.tsx').then((page) => ({ default: page.TerminalsPage })),
);
const TroublePage = lazy(() =>
  import('../pages/TroublePage.tsx').then((page) => ({ default: page.TroublePage })),
);
const AuditPage = lazy(() =>
  import('../pages/AuditPage.tsx').then((page) => ({ default: page.AuditPage })),
);
const AccessPage = lazy(() =>
  import('../pages/AccessPage.tsx').then((page) => ({ default: page.AccessPage })),
);
const SessionsPage = lazy(() =>
  import('../pages/SessionsPage.tsx').then((page) => ({ default: page.SessionsPage })),
);

/** 值守台, behind the sign-in: the header and the page of the route. */
export function Shell(): ReactElement {
  const { t, language } = useWords();
  const [isHelpOpen, setHelpOpen] = useState(false);
  useKeys({ '?': () => setHelpOpen(true) });
  return (
    <ConfigProvider
      theme={antTheme}
      csp={cspNonce === undefined ? {} : { nonce: cspNonce }}
      locale={libraryWords(t, language)}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
    >
      <AntApp className="console">
        <Header onHelp={() => setHelpOpen(true)} />
        <Suspense fallback={null}>
          <Switch>
            <Route path="/villages/:region?">
              {({ region }) => <VillagesPage region={region} />}
            </Route>
            <Route path="/terminals/:region?">
              {({ region }) => <TerminalsPage region={region} />}
            </Route>
            <Route path="/trouble/:region?">
              {({ region }) => <TroublePage region={region} />}
            </Route>
            <Route path="/audit" component={AuditPage} />
            <Route path="/access" component={AccessPage} />
            <Route path="/sessions" component={SessionsPage} />
            <Route>
              <Redirect to="/villages" replace />
            </Route>
          </Switch>
        </Suspense>
        <HelpDialog isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
      </AntApp>
    </ConfigProvider>
  );
}
