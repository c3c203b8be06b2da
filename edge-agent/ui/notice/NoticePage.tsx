import type { KioskNotice } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { NoPeople } from '../parts/NoPeople.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PeopleGrid } from '../parts/PeopleGrid.tsx';
import { PinEntry } from '../parts/PinEntry.tsx';
import { RefusalText } from '../parts/RefusalText.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Go, NoticeRoute } from '../route.ts';
import { useSayWho } from '../spot-check/check-words.ts';
import { useSayReceipt, useSayTime } from './notice-words.ts';

interface Props {
  readonly route: NoticeRoute;
  readonly go: Go;
}

/** One notice: its text, who sent it, and the receipt of this village. */
export function NoticePage({ route, go }: Props): ReactElement {
  const { t } = useWords();
  const { notices } = useKiosk();
  const notice = notices.find(({ noticeId }) => noticeId === route.noticeId);
  if (notice === undefined) {
    return (
      <main className="page">
        <PageHead onBack={() => go({ page: 'notices' })}>
          <TwoLines textKey="notice.title" />
        </PageHead>
        <p className="page-note">{t('notice.gone')}</p>
      </main>
    );
  }
  if (route.step === 'pin') {
    return <SignSteps noticeId={notice.noticeId} personId={route.personId} go={go} />;
  }
  return <Reading notice={notice} go={go} />;
}

function Reading({ notice, go }: { readonly notice: KioskNotice; readonly go: Go }): ReactElement {
  const { t } = useWords();
  const sayWho = useSayWho();
  const sayTime = useSayTime();
  const [why, setWhy] = useState<string | null>(null);
  const { noticeId, title, text, level, postedAt, mustReadBy, readAt } = notice;

  async function read(): Promise<void> {
    const answer = await ask('/api/notice/read', { noticeId });
    setWhy(isDenied(answer) ? answer.denied : null);
  }

  return (
    <main className="page">
      <PageHead
        onBack={() => go({ page: 'notices' })}
        hint={`${t('notice.by', { who: sayWho(notice) })} · ${sayTime(postedAt)}`}
      >
        {title}
      </PageHead>
      <div className="notice-text" tabIndex={0} role="region" aria-label={title}>
        {mustReadBy !== undefined && readAt === null && (
          <p className="notice-until">{t('notice.readBefore', { time: sayTime(mustReadBy) })}</p>
        )}
        <p>{text}</p>
      </div>
      {why !== null && <RefusalText code={why} />}
      {readAt !== null ? (
        <Receipt notice={notice} />
      ) : level === 'important' ? (
        <Tile
          icon="pin"
          textKey="notice.sign"
          tone="main"
          onPress={() => go({ page: 'notice', noticeId, step: 'pin', personId: null })}
        />
      ) : (
        <Tile icon="check" textKey="notice.read" tone="main" onPress={() => void read()} />
      )}
    </main>
  );
}

function Receipt({ notice }: { readonly notice: KioskNotice }): ReactElement {
  const sayReceipt = useSayReceipt();
  return (
    <p className="notice-receipt">
      <Icon name="check" />
      {sayReceipt(notice)}
    </p>
  );
}

/** 签收: first the name, then six digits. */
function SignSteps(props: {
  readonly noticeId: string;
  readonly personId: string | null;
  readonly go: Go;
}): ReactElement {
  const { noticeId, personId, go } = props;
  const { people } = useKiosk();
  if (personId === null) {
    return (
      <main className="page">
        <PageHead onBack={() => go({ page: 'notice', noticeId, step: 'read' })}>
          <TwoLines textKey="pin.who" />
        </PageHead>
        {people.length === 0 ? (
          <NoPeople />
        ) : (
          <PeopleGrid
            people={people}
            marks="none"
            onPick={(person) =>
              go({ page: 'notice', noticeId, step: 'pin', personId: person.personId })
            }
          />
        )}
      </main>
    );
  }
  return (
    <PinEntry
      name={people.find((person) => person.personId === personId)?.name ?? ''}
      askKey="pin.enter"
      onBack={() => go({ page: 'notice', noticeId, step: 'pin', personId: null })}
      onPin={async (pin) => {
        const answer = await ask('/api/notice/read', { noticeId, own: { personId, pin } });
        if (isDenied(answer)) return answer.denied;
        go({ page: 'notice', noticeId, step: 'read' });
        return null;
      }}
    />
  );
}
