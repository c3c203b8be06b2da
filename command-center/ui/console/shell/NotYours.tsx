import { Notice } from '@sightline/look';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useMe } from '../api/use-me.ts';
import { firstPageFor, type PagePath } from './pages.ts';

/** Where a link led somebody to a page their role does not see: why, and where to go. */
export function NotYours({ page }: { readonly page: PagePath }): ReactElement {
  const { t } = useTranslation();
  const { roles } = useMe();
  const first = firstPageFor(roles);
  return (
    <main className="plain-page is-narrow">
      <h1 className="page-title">{t(`nav.${page}`)}</h1>
      <Notice
        tone="warning"
        title={t('reason.role')}
        detail={t('notYours.what', { roles: roles.map((role) => t(`role.${role}`)).join('、') })}
        action={<Link href={`/${first}`}>{t('notYours.go', { page: t(`nav.${first}`) })}</Link>}
      />
    </main>
  );
}
