import type { NotificationLine } from '@sightline/contracts';
import type { TableColumnsType } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/use-command.ts';
import { useList } from '../api/use-list.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ListTable } from '../parts/ListTable.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { DutyWord } from './DutyWord.tsx';
import { laddersKey } from './use-ladders.ts';

const namesShown = 4;

/** What this account was told, newest first, and its word that it has it. */
export function Inbox(): ReactElement {
  const { t } = useTranslation();
  const list = useList<NotificationLine>({
    key: ['notifications'],
    url: '/api/notifications?',
    cursor: 'before',
    renewMs: 15_000,
  });
  return (
    <ListTable<NotificationLine>
      list={list}
      rowKey={({ notificationId }) => notificationId}
      columns={useColumns()}
      empty={{ title: t('reminders.inboxNone'), whatToDo: t('reminders.inboxWhat') }}
    />
  );
}

function useColumns(): TableColumnsType<NotificationLine> {
  const { t } = useTranslation();
  const regions = useRegions();
  return [
    {
      title: t('reminders.what'),
      key: 'what',
      render: (_, { cause, rung, duties, dutyCount, madeAt }) => (
        <span className="village-cell">
          <strong>
            {t(`reminders.causes.${cause}`)} · {t('reminders.duties', { count: dutyCount })}
          </strong>
          {duties.slice(0, namesShown).map((duty) => (
            <span key={duty.subject}>
              {placeName(regions, duty.region)} <DutyWord duty={duty} />
            </span>
          ))}
          {dutyCount > namesShown && (
            <span className="quiet">{t('reminders.more', { count: dutyCount - namesShown })}</span>
          )}
          <span className="quiet">
            {t(`reminders.rung.${rung}`)} · <When at={madeAt} />
          </span>
        </span>
      ),
    },
    {
      title: t('reminders.state.label'),
      key: 'state',
      align: 'right',
      render: (_, line) => <Acknowledge line={line} />,
    },
  ];
}

function Acknowledge({ line }: { readonly line: NotificationLine }): ReactElement {
  const { t } = useTranslation();
  const acknowledge = useCommand([['notifications'], laddersKey]);
  const { notificationId, acknowledgedAt } = line;
  if (acknowledgedAt !== null) {
    return (
      <span className="good">
        ✓ <When at={acknowledgedAt} />
      </span>
    );
  }
  const url = `/api/notifications/${notificationId}/acknowledge`;
  return (
    <>
      <ActButton
        kind="main"
        reason={null}
        isRunning={acknowledge.isRunning}
        onClick={() => void acknowledge.run({ method: 'POST', url, body: {} })}
      >
        {t('reminders.acknowledge')}
      </ActButton>
      <ProblemLine problem={acknowledge.problem} />
    </>
  );
}
