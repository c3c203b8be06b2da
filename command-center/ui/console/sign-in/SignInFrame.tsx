import { LanguageSwitch } from '@sightline/look';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { rememberLanguage } from '../remembered-language.ts';

interface Props {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

/** The quiet page before anybody is signed in. */
export function SignInFrame({ title, lead, children }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="sign-in">
      <header className="sign-in-top">
        <strong className="product">{t('product')}</strong>
        <LanguageSwitch onChange={rememberLanguage} />
      </header>
      <main className="sign-in-card">
        <h1>{title}</h1>
        {lead !== undefined && <p className="quiet">{lead}</p>}
        {children}
      </main>
    </div>
  );
}
