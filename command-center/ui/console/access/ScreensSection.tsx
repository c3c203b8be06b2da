import type { ScreenView } from '@sightline/contracts';
import { EmptyState } from '@sightline/look';
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/call.ts';
import { useCommand } from '../api/use-command.ts';
import { useMe } from '../api/use-me.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { RegionSelect } from './RegionSelect.tsx';

const key = ['screens'] as const;

/** Links for screens on a wall: one region, read only, until revoked. */
export function ScreensSection(): ReactElement {
  const { t } = useTranslation();
  const [token, setToken] = useState<string | null>(null);
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => get<readonly ScreenView[]>('/api/screens', signal),
  });
  return (
    <section className="section" aria-label={t('screens.title')}>
      <h2>{t('screens.title')}</h2>
      <NewScreen onToken={setToken} />
      <ProblemLine problem={error} />
      {data?.length === 0 && (
        <EmptyState title={t('screens.none')} whatToDo={t('screens.noneWhat')} />
      )}
      <ul className="cards">
        {data?.map((screen) => (
          <ScreenCard key={screen.tokenId} screen={screen} />
        ))}
      </ul>
      <LinkDialog
        title={t('screens.linkTitle')}
        url={token === null ? null : `${location.origin}/screen/#token=${token}`}
        what={t('screens.linkWhat')}
        onClose={() => setToken(null)}
      />
    </section>
  );
}

function NewScreen({ onToken }: { readonly onToken: (token: string) => void }): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const [region, setRegion] = useState(me.region);
  const [label, setLabel] = useState('');
  const create = useCommand<{ token: string }>([key]);
  const run = async () => {
    const reply = await create.run({
      method: 'POST',
      url: '/api/screens',
      body: { region, label },
    });
    if (reply === null) return;
    setLabel('');
    onToken(reply.token);
  };
  return (
    <div className="form-row">
      <RegionSelect value={region} onChange={setRegion} />
      <Input
        value={label}
        maxLength={64}
        placeholder={t('screens.label')}
        aria-label={t('screens.label')}
        onChange={(event) => setLabel(event.target.value)}
      />
      <Button type="primary" loading={create.isRunning} onClick={() => void run()}>
        {t('screens.create')}
      </Button>
      <ProblemLine problem={create.problem} />
    </div>
  );
}

function ScreenCard({ screen }: { readonly screen: ScreenView }): ReactElement {
  const { t } = useTranslation();
  const regions = useRegions();
  const revoke = useCommand<{ tokenId: string }>([key]);
  const url = `/api/screens/${screen.tokenId}/revoke`;
  const isOver = screen.revokedAt !== null;
  return (
    <li className={isOver ? 'card is-over' : 'card'}>
      <div className="card-text">
        <strong>{screen.label === '' ? t('screens.noLabel') : screen.label}</strong>
        <span className="quiet">
          {placeName(regions, screen.region)} · <When at={screen.createdAt} />
        </span>
        <ProblemLine problem={revoke.problem} />
      </div>
      <ActButton
        reason={isOver ? t('reason.closed') : null}
        isRunning={revoke.isRunning}
        onClick={() => void revoke.run({ method: 'POST', url, body: {} })}
      >
        {t('screens.revoke')}
      </ActButton>
    </li>
  );
}
