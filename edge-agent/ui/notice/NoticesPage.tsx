import type { KioskNotice } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';
import { useSayReceipt, useSayTime } from './notice-words.ts';

/** 通知, newest first, and which of them nobody has read. */
export function NoticesPage({ go }: { readonly go: Go }): ReactElement {
  const { t } = useWords();
  const { notices } = useKiosk();
  return (
    <main className="page notices">
      <PageHead onBack={() => go(home)}>
        <TwoLines textKey="notice.title" />
      </PageHead>
      {notices.length === 0 ? (
        <p className="page-note">{t('notice.none')}</p>
      ) : (
        <ul className="check-list" aria-label={t('notice.title')}>
          {notices.map((notice) => (
            <Line key={notice.noticeId} notice={notice} go={go} />
          ))}
        </ul>
      )}
      <p className="page-note">{t('notice.hint')}</p>
    </main>
  );
}

function Line({ notice, go }: { readonly notice: KioskNotice; readonly go: Go }): ReactElement {
  const { t } = useWords();
  const sayTime = useSayTime();
  const sayReceipt = useSayReceipt();
  const { noticeId, level, title, postedAt, readAt } = notice;
  return (
    <li>
      <button
        type="button"
        className={`check-line notice-line ${readAt === null ? 'is-unread' : ''}`}
        onClick={() => go({ page: 'notice', noticeId, step: 'read' })}
      >
        <Icon name="letter" />
        <span className="check-why">
          <b>{title}</b>
          <small>
            {level === 'important' && `${t('notice.important')} · `}
            {sayTime(postedAt)}
          </small>
        </span>
        <span className="check-outcome">{sayReceipt(notice)}</span>
      </button>
    </li>
  );
}
