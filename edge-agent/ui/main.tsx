import '@sightline/look/tokens.css';
import './style/kiosk.css';
import './style/home.css';
import './style/pages.css';
import './style/keys.css';
import './style/camera.css';
import './style/result.css';
import './style/self-test.css';
import './style/complaint.css';
import './style/appeal.css';
import './style/spot-check.css';
import './style/duty.css';
import './style/notice.css';
import './style/meeting.css';
import '@sightline/look/course.css';
import './style/course.css';
import { PageBoundary, startI18n } from '@sightline/look';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { App } from './App.tsx';
import { openSession } from './link/api.ts';
import { KioskLink } from './link/kiosk-link.ts';
import { KioskContext } from './link/use-kiosk.ts';
import { rememberedLanguage } from './remember-language.ts';
import { bo } from './words/bo.ts';
import { zh } from './words/zh.ts';

const loadEnglish = async () => (await import('./words/en.ts')).en;
const language = rememberedLanguage();
const words = startI18n(language, { zh, bo, en: language === 'en' ? await loadEnglish() : {} });
document.documentElement.lang = words.language;
const link = new KioskLink();
await openSession();
link.open();

const root = document.getElementById('kiosk');
if (root === null) throw new Error('The page has no #kiosk.');
createRoot(root).render(
  <StrictMode>
    <I18nextProvider i18n={words}>
      <KioskContext value={link}>
        <PageBoundary pageKey="kiosk" isUnattended>
          <App />
        </PageBoundary>
      </KioskContext>
    </I18nextProvider>
  </StrictMode>,
);
// Spoken least in a village: it comes after the first page is there.
if (language !== 'en') words.addResourceBundle('en', 'page', await loadEnglish());
