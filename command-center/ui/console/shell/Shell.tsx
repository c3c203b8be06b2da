import { useWords } from '@sightline/look';
import { App as AntApp, ConfigProvider } from 'antd';
import { useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import { useMe } from '../api/use-me.ts';
import { Header } from './Header.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { libraryWords } from './library-words.ts';
import { PageRoutes } from './PageRoutes.tsx';
import { pagesFor } from './pages.ts';
import { antTheme, cspNonce } from './theme.ts';
import { useGoKeys, useKeys } from './use-keys.ts';

/** 值守台, behind the sign-in: the header and the page of the route. */
export function Shell(): ReactElement {
  const { t, language } = useWords();
  const { roles } = useMe();
  const [, goTo] = useLocation();
  const [isHelpOpen, setHelpOpen] = useState(false);
  useKeys({ '?': () => setHelpOpen(true) });
  useGoKeys(
    Object.fromEntries(pagesFor(roles).map(({ key, path }) => [key, () => goTo(`/${path}`)])),
  );
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
        <PageRoutes />
        <HelpDialog isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
      </AntApp>
    </ConfigProvider>
  );
}
