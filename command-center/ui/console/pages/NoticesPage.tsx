import type { NoticeLine } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { TableColumnsType } from 'antd';
import { useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import { useList } from '../api/use-list.ts';
import { useMay } from '../api/use-me.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { NoticeDetail } from '../notices/NoticeDetail.tsx';
import { PostDialog } from '../notices/PostDialog.tsx';
import { ReceiptBar } from '../notices/ReceiptBar.tsx';
import { ActButton } from '../parts/ActButton.tsx';
import { ListTable } from '../parts/ListTable.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { When } from '../parts/StatusWord.tsx';
import type { PlaceProps } from '../shell/place-props.ts';
import { useKeys } from '../shell/use-keys.ts';
import { useRegion, Workplace } from '../shell/Workplace.tsx';

/** 通知: post one, and see who has got it and who has read it. */
export function NoticesPage({ region, chosen }: PlaceProps): ReactElement {
  const scope = useRegion(region);
  const [, goTo] = useLocation();
  return (
    <Workplace page="notices" region={scope}>
      {chosen === undefined ? (
        <Notices scope={scope} />
      ) : (
        <NoticeDetail
          key={chosen}
          noticeId={chosen}
          scope={scope}
          onClose={() => goTo(`/notices/${scope}`)}
        />
      )}
    </Workplace>
  );
}

function Notices({ scope }: { readonly scope: string }): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const [, goTo] = useLocation();
  const [isPosting, setPosting] = useState(false);
  const mayNot = useMay('send-notices') ? null : t('notices.mayNot');
  const list = useList<NoticeLine>({
    key: ['notices', 'list'],
    url: `/api/notices?region=${scope}`,
    cursor: 'before',
  });
  useKeys({ n: () => (mayNot === null ? setPosting(true) : undefined) });
  return (
    <>
      <PageHead
        title={placeName(regions, scope)}
        of={t('notices.title')}
        acts={
          <ActButton kind="main" reason={mayNot} onClick={() => setPosting(true)}>
            {t('notices.post')}
          </ActButton>
        }
      />
      <p className="quiet page-lead">{t('notices.lead')}</p>
      <ListTable<NoticeLine>
        list={list}
        rowKey={({ noticeId }) => noticeId}
        columns={useColumns()}
        empty={{ title: t('notices.none'), whatToDo: t('notices.noneWhat') }}
        onOpen={({ noticeId }) => goTo(`/notices/${scope}/${noticeId}`)}
      />
      {isPosting && (
        <PostDialog
          region={scope}
          onClose={() => setPosting(false)}
          onPosted={(place, noticeId) => goTo(`/notices/${place}/${noticeId}`)}
        />
      )}
    </>
  );
}

function useColumns(): TableColumnsType<NoticeLine> {
  const { t } = useWords();
  const regions = useRegions();
  return [
    {
      title: t('notices.what'),
      key: 'what',
      render: (_, { title, level, withdrawnAt }) => (
        <span className="village-cell">
          <strong className={withdrawnAt === null ? '' : 'notice-gone'}>{title}</strong>
          <span className="quiet">
            {t(`notices.level.${level}`)}
            {withdrawnAt !== null && ` · ${t('notices.withdrawn')}`}
          </span>
        </span>
      ),
    },
    {
      title: t('notices.where'),
      key: 'where',
      responsive: ['md'],
      render: (_, { region, by, postedAt }) => (
        <span className="village-cell">
          <span>{placeName(regions, region)}</span>
          <span className="quiet">
            {by} · <When at={postedAt} />
          </span>
        </span>
      ),
    },
    {
      title: t('notices.receipts'),
      key: 'receipts',
      render: (_, line) => <ReceiptBar figures={line} />,
    },
  ];
}
