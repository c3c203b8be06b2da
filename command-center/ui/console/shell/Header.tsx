import { languages, LanguageSwitch, ownNames, useWords } from '@sightline/look';
import { Dropdown, type MenuProps } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useCommand } from '../api/use-command.ts';
import { meKey, useMe } from '../api/use-me.ts';
import { RaiseButton } from '../complaints/RaiseDialog.tsx';
import { rememberLanguage } from '../remembered-language.ts';
import { DoubtMark } from './DoubtMark.tsx';
import { pagesFor } from './pages.ts';

/** Where one is, where one may go, whether what is shown can be trusted, and who one is. */
export function Header({ onHelp }: { readonly onHelp: () => void }): ReactElement {
  const { t, language } = useWords();
  const me = useMe();
  const [location] = useLocation();
  return (
    <header className="top">
      <strong className="product">{t('product')}</strong>
      {(me.demo || me.sampleCamera) && (
        <span className="top-marks">
          {me.demo && <span className="demo-mark">{t('note.demo')}</span>}
          {me.sampleCamera && <span className="demo-mark">{t('sampleCamera.mark')}</span>}
        </span>
      )}
      <nav className="top-pages" aria-label={t('nav.pages')}>
        {pagesFor(me.roles).map(({ path }) => (
          <Link
            key={path}
            href={`/${path}`}
            aria-current={location.startsWith(`/${path}`) ? 'page' : undefined}
          >
            {t(`nav.${path}`)}
          </Link>
        ))}
      </nav>
      <DoubtMark />
      {language === 'bo' && (
        <span className="top-unverified quiet" lang="zh">
          {t('note.unverifiedTibetan', { lng: 'zh' })}
        </span>
      )}
      <LanguageSwitch onChange={rememberLanguage} />
      <RaiseButton />
      <AccountMenu onHelp={onHelp} />
    </header>
  );
}

function AccountMenu({ onHelp }: { readonly onHelp: () => void }): ReactElement {
  const { t, i18n } = useTranslation();
  const [, goTo] = useLocation();
  const me = useMe();
  const signOut = useCommand<void>([meKey]);
  const choose = (language: string) => {
    void i18n.changeLanguage(language);
    rememberLanguage(language);
  };
  const items: MenuProps['items'] = [
    { key: 'sessions', label: t('nav.sessions'), onClick: () => goTo('/sessions') },
    { type: 'divider' },
    // On a telephone the switch of the top line is not there.
    ...languages.map((language) => ({
      key: language,
      label: <span lang={language}>{ownNames[language]}</span>,
      onClick: () => choose(language),
    })),
    { type: 'divider' },
    { key: 'help', label: t('help.title'), extra: '?', onClick: onHelp },
    {
      key: 'out',
      label: t('signOut'),
      onClick: () => void signOut.run({ method: 'DELETE', url: '/api/session' }),
    },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <button type="button" className="account-button">
        {me.login}
        <span aria-hidden="true"> ▾</span>
      </button>
    </Dropdown>
  );
}
