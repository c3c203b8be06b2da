import type { NoticeReceipt, NoticeView } from '@sightline/contracts';
import { EmptyState, useNow, useWords } from '@sightline/look';
import { Table, type TableColumnsType } from 'antd';
import { useState, type ReactElement } from 'react';
import { refuseNoticeWithdrawal } from '#domain/decide-notice.ts';
import { useCommand } from '../api/use-command.ts';
import { useMay } from '../api/use-me.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { ReceiptBar } from './ReceiptBar.tsx';
import { useNotice } from './use-notices.ts';

interface Props {
  readonly noticeId: string;
  readonly scope: string;
  readonly onClose: () => void;
}

/** One notice as the villages read it, and every village's receipt. */
export function NoticeDetail({ noticeId, scope, onClose }: Props): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const { data: view, error } = useNotice(noticeId, scope);
  useKeys({ Escape: onClose });
  return (
    <article className="notice">
      <button type="button" className="check-back" onClick={onClose}>
        ‹ {t('notices.toAll')}
      </button>
      <ProblemLine problem={error} />
      {view === undefined ? (
        <PageHead title={placeName(regions, scope)} of={t('notices.title')} />
      ) : (
        <>
          <PageHead
            title={view.title}
            of={placeName(regions, view.region)}
            acts={<Withdraw view={view} />}
          />
          <p className="quiet page-lead">
            {t(`notices.level.${view.level}`)} · {t('notices.by', { login: view.by })}{' '}
            <When at={view.postedAt} />
            {view.withdrawnAt !== null && ` · ${t('notices.withdrawn')}`}
            {view.mustReadBy !== null && <ReadBy at={view.mustReadBy} />}
          </p>
          <p className="notice-text">{view.text}</p>
          <ReceiptBar figures={view} />
          <Receipts receipts={view.receipts} />
        </>
      )}
    </article>
  );
}

function ReadBy({ at }: { readonly at: string }): ReactElement {
  const { t } = useWords();
  const isPast = Temporal.Instant.compare(useNow(60_000), Temporal.Instant.from(at)) >= 0;
  return (
    <>
      {' · '}
      {t('notices.until')} <When at={at} />
      {isPast && ` (${t('notices.isPast')})`}
    </>
  );
}

function Withdraw({ view }: { readonly view: NoticeView }): ReactElement {
  const { t } = useWords();
  const may = useMay('send-notices');
  const command = useCommand<object>([['notices']]);
  const refusal = refuseNoticeWithdrawal(view.withdrawnAt !== null);
  const url = `/api/notices/${view.noticeId}/withdraw`;
  const reason = refusal === null ? null : t(`problem.${refusal.code}`);
  return (
    <>
      <ActButton
        reason={may ? reason : t('notices.mayNot')}
        isRunning={command.isRunning}
        onClick={() => void command.run({ method: 'POST', url, body: {} })}
      >
        {t('notices.withdraw')}
      </ActButton>
      <ProblemLine problem={command.problem} />
    </>
  );
}

const states = ['waiting', 'delivered', 'read'] as const;
type State = (typeof states)[number];
const rowsShown = 50;

function stateOf({ deliveredAt, readAt }: NoticeReceipt): State {
  if (readAt !== null) return 'read';
  return deliveredAt === null ? 'waiting' : 'delivered';
}

/** Who has not got it first; within a state by code. */
function Receipts({ receipts }: { readonly receipts: readonly NoticeReceipt[] }): ReactElement {
  const { t } = useWords();
  const [only, setOnly] = useState<State | null>(null);
  const columns = useColumns();
  const shown = receipts.filter((receipt) => only === null || stateOf(receipt) === only);
  return (
    <section aria-label={t('notices.receipts')}>
      <div className="filter">
        <button type="button" aria-pressed={only === null} onClick={() => setOnly(null)}>
          {t('notices.all')} <b>{receipts.length}</b>
        </button>
        {states.map((state) => (
          <button
            key={state}
            type="button"
            aria-pressed={only === state}
            onClick={() => setOnly(state)}
          >
            {t(`notices.state.${state}`)}{' '}
            <b>{receipts.filter((receipt) => stateOf(receipt) === state).length}</b>
          </button>
        ))}
      </div>
      <Table<NoticeReceipt>
        size="middle"
        rowKey={({ region }) => region}
        columns={columns}
        dataSource={shown}
        pagination={
          shown.length > rowsShown ? { pageSize: rowsShown, showSizeChanger: false } : false
        }
        locale={{
          emptyText: (
            <EmptyState title={t('notices.noReceipt')} whatToDo={t('notices.noReceiptWhat')} />
          ),
        }}
      />
    </section>
  );
}

function useColumns(): TableColumnsType<NoticeReceipt> {
  const { t } = useWords();
  const regions = useRegions();
  return [
    {
      title: t('notices.village'),
      key: 'village',
      render: (_, { region }) => placeName(regions, region),
    },
    {
      title: t('notices.how'),
      key: 'how',
      render: (_, receipt) => (
        <span className="village-cell">
          <span className={`receipt-${stateOf(receipt)}-word`}>
            {t(`notices.state.${stateOf(receipt)}`)}
          </span>
          {receipt.readBy !== null && (
            <span className="quiet">{t('notices.signed', { name: receipt.readBy })}</span>
          )}
        </span>
      ),
    },
    {
      title: t('notices.when'),
      key: 'when',
      render: (_, { readAt, deliveredAt }) => {
        const at = readAt ?? deliveredAt;
        return at === null ? '' : <When at={at} />;
      },
    },
  ];
}
