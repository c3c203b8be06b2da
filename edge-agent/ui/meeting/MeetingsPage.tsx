import type { KioskMeeting, RemoteOpening } from '@sightline/contracts';
import { dateAt, formatDate, formatTime, useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RefusalText } from '../parts/RefusalText.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';
import { useSayWho } from '../spot-check/check-words.ts';

/** 会议: those that are on or planned, the leave for opening from afar, and who made use of it. */
export function MeetingsPage({ go }: { readonly go: Go }): ReactElement {
  const { t } = useWords();
  const { list, openings } = useKiosk().meetings;
  return (
    <main className="page meetings">
      <PageHead onBack={() => go(home)}>
        <TwoLines textKey="meeting.title" />
      </PageHead>
      <div className="check-list" tabIndex={0} aria-label={t('meeting.title')} role="region">
        {list.length === 0 && (
          <p className="page-note">
            {t('meeting.none')} · {t('meeting.noneHint')}
          </p>
        )}
        {list.map((meeting) => (
          <Line key={meeting.meetingId} meeting={meeting} go={go} />
        ))}
        <Leave go={go} />
        {openings.length > 0 && <h3 className="page-note">{t('meeting.openings')}</h3>}
        {openings.map((opening) => (
          <Opening key={opening.meetingId} opening={opening} />
        ))}
      </div>
    </main>
  );
}

function Line({ meeting, go }: { readonly meeting: KioskMeeting; readonly go: Go }): ReactElement {
  const { t } = useWords();
  const sayWho = useSayWho();
  const { meetingId, title, kind, phase, answer, startsAt } = meeting;
  const [refused, setRefused] = useState<string | null>(null);
  const isOn = phase === 'open' || phase === 'ringing';
  async function enter(): Promise<void> {
    const said = await ask('/api/meetings/answer', { meetingId, answer: 'accepted', how: 'touch' });
    if (isDenied(said)) setRefused(said.denied);
    else go({ page: 'meeting', step: 'check', meetingId });
  }
  return (
    <div className="check-line meeting-line">
      <Icon name="phone" />
      <span className="check-why">
        <b>{title}</b>
        <small>{`${t(`meeting.kind.${kind}`)} · ${sayWho(meeting)}`}</small>
        {isOn && answer === 'declined' && <small>{t('meeting.declined')}</small>}
        {refused !== null && <RefusalText code={refused} />}
      </span>
      {isOn ? (
        <button type="button" className="way way-main" onClick={() => void enter()}>
          <Icon name="out" />
          <TwoLines textKey={answer === 'accepted' ? 'meeting.again' : 'meeting.join'} />
        </button>
      ) : (
        <span className="check-outcome">
          {phase === 'planned'
            ? t('meeting.starts', { time: formatTime(Temporal.Instant.from(startsAt), 'minute') })
            : t('meeting.over')}
        </span>
      )}
    </div>
  );
}

/** 远程开启许可: given by a PIN, taken back by a touch. */
function Leave({ go }: { readonly go: Go }): ReactElement {
  const { t } = useWords();
  const { people, meetings } = useKiosk();
  const { autoAnswer } = meetings;
  const name = people.find(({ personId }) => personId === autoAnswer?.personId)?.name ?? '';
  const time = autoAnswer === null ? '' : sayWhen(autoAnswer.at);
  return (
    <div className="check-line meeting-leave">
      <Icon name="eye" />
      <span className="check-why">
        <b>{t(autoAnswer === null ? 'meeting.notAllowed' : 'meeting.allowed')}</b>
        <small>
          {autoAnswer === null
            ? t('meeting.notAllowedHint')
            : t('meeting.allowedBy', { name, time })}
        </small>
      </span>
      {autoAnswer === null ? (
        <button
          type="button"
          className="way"
          onClick={() => go({ page: 'meeting-leave', personId: null })}
        >
          <Icon name="pin" />
          <TwoLines textKey="meeting.allow" />
        </button>
      ) : (
        <button
          type="button"
          className="way way-main"
          onClick={() => void ask('/api/meetings/leave', {})}
        >
          <Icon name="stop" />
          <TwoLines textKey="meeting.withdraw" />
        </button>
      )}
    </div>
  );
}

function Opening({ opening }: { readonly opening: RemoteOpening }): ReactElement {
  const { t, language } = useWords();
  const sayWho = useSayWho();
  const at = Temporal.Instant.from(opening.at);
  return (
    <div className="check-line">
      <Icon name="camera" />
      <span className="check-why">
        <b>{opening.title}</b>
        <small>
          {`${formatDate(dateAt(at), language)} ${formatTime(at, 'minute')} · ${sayWho(opening)}`}
        </small>
      </span>
      <span className="check-outcome">
        {t(`meeting.openingOutcome.${opening.outcome ?? 'none'}`)}
      </span>
    </div>
  );
}

function sayWhen(at: string): string {
  return formatTime(Temporal.Instant.from(at), 'minute');
}
