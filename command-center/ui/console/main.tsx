import '@sightline/look/tokens.css';
import './style/base.css';
import './style/sign-in.css';
import './style/top.css';
import './style/workplace.css';
import './style/list.css';
import './style/village.css';
import './style/ledger.css';
import './style/access.css';
import './style/register.css';
import './style/complaints.css';
import './style/reminders.css';
import './style/duty-ledger.css';
import './style/corrections.css';
import './style/checks.css';
import './style/hand-overs.css';
import './style/roster.css';
import './style/roster-print.css';
import './style/notices.css';
import '@sightline/look/course.css';
import './style/courses.css';
import { languageOf, startI18n } from '@sightline/look';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { Router } from 'wouter';
import { App } from './App.tsx';
import { openQueryClient } from './api/open-query-client.ts';
import { readLanguage } from './remembered-language.ts';
import { takeLinkToken } from './sign-in/link-token.ts';
import { bo } from './words/bo.ts';
import { en } from './words/en.ts';
import { zh } from './words/zh.ts';

const texts = startI18n(languageOf(readLanguage()), { zh, bo, en });
const linkToken = takeLinkToken();
const client = openQueryClient();
const place = document.getElementById('console');
if (place === null) throw new Error('The page has no place for the console.');
createRoot(place).render(
  <I18nextProvider i18n={texts}>
    <QueryClientProvider client={client}>
      <Router base="/console">
        <App linkToken={linkToken} />
      </Router>
    </QueryClientProvider>
  </I18nextProvider>,
);
