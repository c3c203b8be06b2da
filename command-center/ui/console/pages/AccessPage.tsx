import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountsSection } from '../access/AccountsSection.tsx';
import { ScreensSection } from '../access/ScreensSection.tsx';

/** 账号与大屏: who may come in, and which screens may look. */
export function AccessPage(): ReactElement {
  const { t } = useTranslation();
  return (
    <main className="plain-page is-narrow">
      <h1 className="page-title">{t('nav.access')}</h1>
      <AccountsSection />
      <ScreensSection />
    </main>
  );
}
