import '@sightline/look/tokens.css';
import './screen.css';
import { languageOf, PageBoundary, startI18n } from '@sightline/look';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { Router } from 'wouter';
import { LiveView } from './link/live-view.ts';
import { openSession } from './link/open-session.ts';
import { LiveContext } from './link/use-view.ts';
import { readLanguage, rememberLanguage } from '../console/remembered-language.ts';
import { Screen } from './Screen.tsx';
import { bo } from './words/bo.ts';
import { en } from './words/en.ts';
import { zh } from './words/zh.ts';

const texts = startI18n(languageOf(readLanguage()), { zh, bo, en });
texts.on('languageChanged', rememberLanguage);
const place = document.getElementById('screen');
if (place === null) throw new Error('The page has no place for the screen.');

// A token that is refused leaves the cookie of before; the snapshot then says whether it holds.
await openSession().catch(() => false);
const live = new LiveView().open();
createRoot(place).render(
  <I18nextProvider i18n={texts}>
    <LiveContext value={live}>
      <Router base="/screen">
        <PageBoundary pageKey="screen" isUnattended>
          <Screen />
        </PageBoundary>
      </Router>
    </LiveContext>
  </I18nextProvider>,
);
