import type { AccountRole, AccountView } from '@sightline/contracts';
import { App, Button, Select } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { isAdministrator } from '#domain/access.ts';
import { useCommand } from '../api/use-command.ts';
import { useList } from '../api/use-list.ts';
import { useMe } from '../api/use-me.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { Pager } from '../parts/Pager.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { AccountPerson } from './AccountPerson.tsx';
import { AccountSessions } from './AccountSessions.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { RegionSelect } from './RegionSelect.tsx';

const key = ['accounts'] as const;
/** Administrators are made at the machine itself. */
const roles: readonly AccountRole[] = ['dispatcher', 'registrar', 'viewer'];

interface LinkReply {
  readonly token: string;
  readonly expiresAt: string;
}

const signInUrl = (token: string) => `${location.origin}/console/#sign-in=${token}`;

/** Accounts of this region: new ones come with a one-time sign-in link. */
export function AccountsSection(): ReactElement {
  const { t } = useTranslation();
  const [link, setLink] = useState<LinkReply | null>(null);
  const list = useList<AccountView>({ key, url: '/api/accounts?', cursor: 'after' });
  return (
    <section className="section" aria-label={t('accounts.title')}>
      <header className="section-head">
        <h2>{t('accounts.title')}</h2>
        <ExportButton list="accounts" isPersonal />
      </header>
      <NewAccount onLink={setLink} />
      <ProblemLine problem={list.problem} />
      <ul className="cards">
        {list.items.map((account) => (
          <AccountCard key={account.accountId} account={account} onLink={setLink} />
        ))}
      </ul>
      <Pager {...list} />
      <LinkDialog
        title={t('accounts.linkTitle')}
        url={link === null ? null : signInUrl(link.token)}
        what={t('accounts.linkWhat')}
        onClose={() => setLink(null)}
      />
    </section>
  );
}

function NewAccount({ onLink }: { readonly onLink: (link: LinkReply) => void }): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const [role, setRole] = useState<AccountRole>('dispatcher');
  const [region, setRegion] = useState(me.region);
  const create = useCommand<LinkReply>([key]);
  const run = async () => {
    const body = { region, roles: [role] };
    const reply = await create.run({ method: 'POST', url: '/api/accounts', body });
    if (reply !== null) onLink(reply);
  };
  return (
    <div className="form-row">
      <RegionSelect value={region} onChange={setRegion} />
      <Select
        value={role}
        onChange={setRole}
        aria-label={t('accounts.role')}
        options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
      />
      <Button type="primary" loading={create.isRunning} onClick={() => void run()}>
        {t('accounts.create')}
      </Button>
      <ProblemLine problem={create.problem} />
    </div>
  );
}

interface CardProps {
  readonly account: AccountView;
  readonly onLink: (link: LinkReply) => void;
}

function AccountCard({ account, onLink }: CardProps): ReactElement {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const me = useMe();
  const regions = useRegions();
  const renew = useCommand<LinkReply>([key]);
  const close = useCommand<{ accountId: string }>([key]);
  const url = `/api/accounts/${account.accountId}`;
  const isClosed = account.disabledAt !== null;
  const closed = isClosed ? t('reason.closed') : null;
  const atTheMachine = isAdministrator(account.roles) ? t('reason.atTheMachine') : null;
  const own = account.login !== null && account.login === me.login ? t('reason.ownAccount') : null;
  const runLink = async () => {
    const reply = await renew.run({ method: 'POST', url: `${url}/link`, body: {} });
    if (reply !== null) onLink(reply);
  };
  const askClose = () =>
    modal.confirm({
      title: t('accounts.closeAsk', { login: account.login ?? t('accounts.unused') }),
      content: t('accounts.closeWhat'),
      okText: t('accounts.close'),
      cancelText: t('button.cancel'),
      okButtonProps: { danger: true },
      onOk: () => close.run({ method: 'POST', url: `${url}/close`, body: {} }),
    });
  return (
    <li className={isClosed ? 'card is-over' : 'card'}>
      <div className="card-text">
        <strong>{account.login ?? t('accounts.unused')}</strong>
        <span className="quiet">
          {account.roles.map((role) => t(`role.${role}`)).join('、')} ·{' '}
          {placeName(regions, account.region)}
        </span>
        {account.person !== null && (
          <span className="quiet">
            {t('ownPerson.of', { place: placeName(regions, account.person.region) })}
          </span>
        )}
        <ProblemLine problem={renew.problem ?? close.problem} />
      </div>
      <div className="actions">
        <AccountSessions account={account} />
        <AccountPerson
          account={account}
          off={closed ?? (own === null ? null : t('ownPerson.notYourself'))}
        />
        <ActButton
          reason={closed ?? atTheMachine}
          isRunning={renew.isRunning}
          onClick={() => void runLink()}
        >
          {t('accounts.link')}
        </ActButton>
        <ActButton reason={closed ?? own ?? atTheMachine} onClick={() => void askClose()}>
          {t('accounts.close')}
        </ActButton>
      </div>
    </li>
  );
}
