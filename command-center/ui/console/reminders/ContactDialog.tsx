import type { ContactPointView } from '@sightline/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { useId, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/call.ts';
import { useCommand } from '../api/use-command.ts';
import { useMay } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';

interface Props {
  /** A person of that village; null = the account that is signed in. */
  readonly who: { readonly personId: string; readonly name: string } | null;
  readonly region: string;
}

/** Where somebody is told that a duty is missed: a button, and a dialog with both ways. */
export function ContactButton({ who, region }: Props): ReactElement {
  const { t } = useTranslation();
  const may = useMay('change-roster');
  const [isOpen, setOpen] = useState(false);
  const title =
    who === null ? t('reminders.ownContact') : t('reminders.contactOf', { name: who.name });
  return (
    <>
      <ActButton
        kind={who === null ? 'plain' : 'text'}
        reason={may ? null : t('reason.role')}
        onClick={() => setOpen(true)}
      >
        {t(who === null ? 'reminders.ownContact' : 'reminders.contact')}
      </ActButton>
      <Modal
        open={isOpen}
        onCancel={() => setOpen(false)}
        footer={null}
        title={title}
        destroyOnHidden
      >
        <Points who={who} region={region} />
      </Modal>
    </>
  );
}

function Points({ who, region }: Props): ReactElement {
  const { t } = useTranslation();
  const key = ['contact-points', who?.personId ?? 'me'];
  const url = who === null ? '/api/contact-points?' : `/api/people/${who.personId}/contact-points?`;
  const points = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      get<{ readonly items: readonly ContactPointView[] }>(`${url}purpose=duty-watch`, signal),
  });
  return (
    <div className="contact-points">
      <p className="quiet">{t('reminders.contactLead')}</p>
      <ProblemLine problem={points.error} />
      {points.data !== undefined &&
        (['email', 'sms'] as const).map((channel) => (
          <Point
            key={channel}
            channel={channel}
            masked={points.data.items.find((each) => each.channel === channel)?.masked ?? null}
            of={{ region, personId: who?.personId ?? null }}
            touches={key}
          />
        ))}
    </div>
  );
}

function Point({
  channel,
  masked,
  of,
  touches,
}: {
  readonly channel: 'email' | 'sms';
  readonly masked: string | null;
  readonly of: { readonly region: string; readonly personId: string | null };
  readonly touches: readonly string[];
}): ReactElement {
  const { t } = useTranslation();
  const id = useId();
  const [address, setAddress] = useState('');
  const set = useCommand([touches]);
  const write = async (text: string | null) => {
    const body = { ...of, channel, address: text };
    const done = await set.run({ method: 'POST', url: '/api/contact-points', body });
    if (done !== null) setAddress('');
  };
  return (
    <form
      className="contact-point"
      onSubmit={(event) => {
        event.preventDefault();
        void write(address);
      }}
    >
      <label htmlFor={id}>
        {t(`reminders.channel.${channel}`)}
        <span className="quiet"> {masked ?? t('reminders.noContact')}</span>
      </label>
      <Input
        id={id}
        value={address}
        maxLength={254}
        inputMode={channel === 'email' ? 'email' : 'tel'}
        onChange={(event) => setAddress(event.target.value)}
      />
      <span className="actions">
        <Button htmlType="submit" disabled={address.trim().length < 3} loading={set.isRunning}>
          {t('reminders.save')}
        </Button>
        {masked !== null && (
          <Button type="text" onClick={() => void write(null)}>
            {t('reminders.remove')}
          </Button>
        )}
      </span>
      <ProblemLine problem={set.problem} />
    </form>
  );
}
