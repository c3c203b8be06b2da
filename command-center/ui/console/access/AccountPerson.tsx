import type { AccountView, LinkablePersonView } from '@sightline/contracts';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Modal, Select } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/call.ts';
import { useCommand } from '../api/use-command.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { useRegionOptions } from './use-region-options.ts';

interface Props {
  readonly account: AccountView;
  /** Why it cannot be changed; null = it can. */
  readonly off: string | null;
}

/** 本人: which person of a village an account is, so that it decides nothing about them. */
export function AccountPerson({ account, off }: Props): ReactElement {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const login = account.login ?? t('accounts.unused');
  return (
    <>
      <ActButton reason={off} onClick={() => setOpen(true)}>
        {t('ownPerson.button')}
      </ActButton>
      <Modal
        open={isOpen}
        onCancel={() => setOpen(false)}
        footer={null}
        title={t('ownPerson.title', { login })}
        destroyOnHidden
      >
        <p className="quiet">{t('ownPerson.lead')}</p>
        {account.person === null ? (
          <Choose accountId={account.accountId} onDone={() => setOpen(false)} />
        ) : (
          <Linked account={account} person={account.person} onDone={() => setOpen(false)} />
        )}
      </Modal>
    </>
  );
}

interface LinkedProps {
  readonly account: AccountView;
  readonly person: NonNullable<AccountView['person']>;
  readonly onDone: () => void;
}

function Linked({ account, person, onDone }: LinkedProps): ReactElement {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const regions = useRegions();
  const end = useCommand<{ accountId: string }>([['accounts']]);
  const run = async () => {
    const url = `/api/accounts/${account.accountId}/person/end`;
    if ((await end.run({ method: 'POST', url, body: {} })) !== null) onDone();
  };
  const ask = () =>
    modal.confirm({
      title: t('ownPerson.endAsk', { login: account.login ?? t('accounts.unused') }),
      content: t('ownPerson.endWhat'),
      okText: t('ownPerson.end'),
      cancelText: t('button.cancel'),
      okButtonProps: { danger: true },
      onOk: run,
    });
  return (
    <div className="card">
      <div className="card-text">
        <strong>{t('ownPerson.of', { place: placeName(regions, person.region) })}</strong>
        <span className="quiet">
          <When at={person.since} />
        </span>
        <ProblemLine problem={end.problem} />
      </div>
      <Button onClick={() => void ask()}>{t('ownPerson.end')}</Button>
    </div>
  );
}

interface ChooseProps {
  readonly accountId: string;
  readonly onDone: () => void;
}

/** A village first: only its people are read, and that stands in the audit. */
function Choose({ accountId, onDone }: ChooseProps): ReactElement {
  const { t } = useTranslation();
  const [village, setVillage] = useState<string | null>(null);
  const { options, showSearch } = useRegionOptions();
  const link = useCommand<{ accountId: string }>([['accounts']]);
  const { data, error } = useQuery({
    queryKey: ['linkable-people', village],
    queryFn: ({ signal }) =>
      get<readonly LinkablePersonView[]>(`/api/villages/${village}/linkable-people`, signal),
    enabled: village !== null,
    staleTime: Infinity,
    gcTime: 0,
  });
  const run = async (personId: string) => {
    const url = `/api/accounts/${accountId}/person`;
    if ((await link.run({ method: 'POST', url, body: { personId } })) !== null) onDone();
  };
  return (
    <>
      <Select
        className="region-select"
        value={village}
        placeholder={t('ownPerson.chooseVillage')}
        aria-label={t('ownPerson.village')}
        onChange={setVillage}
        options={options.filter(({ value }) => value.length === 12)}
        showSearch={showSearch}
      />
      <ProblemLine problem={error ?? link.problem} />
      {data?.length === 0 && <p className="quiet">{t('ownPerson.nobody')}</p>}
      <ul className="cards">
        {data?.map(({ personId, name, post, isLinked }) => (
          <li key={personId} className="card">
            <div className="card-text">
              <strong>{name}</strong>
              <span className="quiet">{post}</span>
            </div>
            <ActButton
              reason={isLinked ? t('ownPerson.linked') : null}
              isRunning={link.isRunning}
              onClick={() => void run(personId)}
            >
              {t('ownPerson.link')}
            </ActButton>
          </li>
        ))}
      </ul>
    </>
  );
}
