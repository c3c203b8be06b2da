import { dutyPosts, dutyVerdicts, type LedgerHint, type LedgerRow } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { Select, type TableColumnsType } from 'antd';
import { useState, type ReactElement } from 'react';
import type { Period } from '#domain/watch/ledger-period.ts';
import { useList } from '../api/use-list.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { OpenCases } from '../corrections/OpenCases.tsx';
import { dutyIdOf } from '../corrections/duty-id.ts';
import { ListTable } from '../parts/ListTable.tsx';
import { When } from '../parts/StatusWord.tsx';
import { isHinted } from './HintList.tsx';
import { VerdictWord } from './VerdictWord.tsx';

interface Props {
  readonly scope: string;
  readonly period: Period;
  readonly hints: readonly LedgerHint[];
  /** Cases of the scope that wait. */
  readonly openCases: number;
  /** The duty beside the list; null = none. */
  readonly chosen: string | null;
  readonly onOpen: (dutyId: string) => void;
}

const cases = 'cases';

/** 班次明细 by name: the newest day first, and a day as it went. */
export function LedgerRows({
  scope,
  period,
  hints,
  openCases,
  chosen,
  onOpen,
}: Props): ReactElement {
  const { t } = useWords();
  const [verdict, setVerdict] = useState<string>('');
  const [post, setPost] = useState<string>('');
  const narrowed = new URLSearchParams({
    region: scope,
    ...period,
    purpose: 'duty-watch',
    ...(verdict === '' ? {} : { verdict }),
    ...(post === '' ? {} : { post }),
  });
  return (
    <section className="section" aria-label={t('dutyLedger.duties')}>
      <header className="section-head">
        <h2>{t('dutyLedger.duties')}</h2>
        <Select<string>
          className="word-select duty-post"
          value={post}
          aria-label={t('dutyLedger.byPost')}
          onChange={setPost}
          options={['', ...dutyPosts].map((value) => ({
            value,
            label: t(value === '' ? 'dutyLedger.allPosts' : `dutyLedger.post.${value}`),
          }))}
        />
      </header>
      <div className="filter" role="group" aria-label={t('dutyLedger.filter')}>
        {['', ...dutyVerdicts].map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={verdict === each}
            onClick={() => setVerdict(each)}
          >
            {t(each === '' ? 'dutyLedger.all' : `dutyLedger.verdict.${each}`)}
          </button>
        ))}
        <button type="button" aria-pressed={verdict === cases} onClick={() => setVerdict(cases)}>
          {t('corrections.open')} {openCases.toLocaleString('en')}
        </button>
      </div>
      {verdict === cases ? (
        <OpenCases scope={scope} chosen={chosen} onOpen={onOpen} />
      ) : (
        <Duties narrowed={narrowed.toString()} hints={hints} chosen={chosen} onOpen={onOpen} />
      )}
    </section>
  );
}

interface DutiesProps extends Pick<Props, 'hints' | 'chosen' | 'onOpen'> {
  readonly narrowed: string;
}

function Duties({ narrowed, hints, chosen, onOpen }: DutiesProps): ReactElement {
  const { t } = useWords();
  const list = useList<LedgerRow>({
    key: ['ledger', 'rows'],
    url: `/api/ledger?${narrowed}`,
    cursor: 'after',
  });
  return (
    <ListTable<LedgerRow>
      list={list}
      rowKey={dutyIdOf}
      selected={chosen}
      onOpen={(row) => onOpen(dutyIdOf(row))}
      columns={useColumns(hints)}
      empty={{ title: t('dutyLedger.none'), whatToDo: t('dutyLedger.noneWhat') }}
    />
  );
}

function useColumns(hints: readonly LedgerHint[]): TableColumnsType<LedgerRow> {
  const { t } = useWords();
  const regions = useRegions();
  return [
    {
      title: t('dutyLedger.day'),
      key: 'day',
      render: (_, { day, span, post }) => (
        <span className="village-cell">
          <span className="when">{day}</span>
          <span className="quiet">
            {t(`dutyLedger.span.${span}`)} · {t(`dutyLedger.post.${post}`)}
          </span>
        </span>
      ),
    },
    {
      title: t('dutyLedger.who'),
      key: 'who',
      render: (_, row) => (
        <span className="village-cell">
          <span>
            <strong>{row.name ?? t('dutyLedger.unnamed')}</strong>
            {isHinted(hints, row) && <span className="tag">{t('dutyLedger.review')}</span>}
          </span>
          {row.fallback !== null && (
            <span className="quiet">{t('dutyLedger.fallback', { name: row.fallback })}</span>
          )}
        </span>
      ),
    },
    {
      title: t('dutyLedger.where'),
      key: 'where',
      responsive: ['md'],
      render: (_, { region }) => placeName(regions, region),
    },
    {
      title: t('dutyLedger.finding'),
      key: 'finding',
      render: (_, row) => <VerdictWord row={row} />,
    },
    {
      title: t('dutyLedger.method'),
      key: 'method',
      responsive: ['md'],
      render: (_, row) => <CheckInCell row={row} />,
    },
  ];
}

function CheckInCell({ row }: { readonly row: LedgerRow }): ReactElement | null {
  const { t } = useWords();
  const { checkedInAt, method, sampleCamera, simulated, checkedOutAt, checkOutMethod } = row;
  if (checkedInAt === null || method === null) return null;
  return (
    <span className="village-cell">
      <When at={checkedInAt} />
      <span className="quiet">
        {t(`method.${method}`)}
        {sampleCamera && <span className="tag">{t('sampleCamera.one')}</span>}
        {simulated && <span className="tag">{t('villages.simulated')}</span>}
      </span>
      {checkedOutAt !== null && checkOutMethod !== null && (
        <span className="quiet">
          → {t('checkIns.out')} <When at={checkedOutAt} /> {t(`method.${checkOutMethod}`)}
        </span>
      )}
    </span>
  );
}
