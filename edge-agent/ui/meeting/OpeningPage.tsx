import type { KioskMeeting } from '@sightline/contracts';
import { useWords, type Language } from '@sightline/look';
import { useEffect, useEffectEvent, useState, type ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { Icon } from '../parts/Icon.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';
import { useSayWho } from '../spot-check/check-words.ts';
import { playTone } from '../sound/tone.ts';
import { useMeetingOf, useOpensByItself } from './use-meetings.ts';
import { useSpokenNotice } from './use-spoken-notice.ts';

/** Five seconds of tone, then the spoken notice; it opens at the end of all. */
const toneSeconds = 5;
const allSeconds = 15;

interface Props {
  readonly meetingId: string;
  readonly go: Go;
}

/** 远程开启: who opens this village's camera and why, a bright frame, and a large way to say no. */
export function OpeningPage({ meetingId, go }: Props): ReactElement | null {
  const meeting = useMeetingOf(meetingId);
  const opens = useOpensByItself();
  const isStill = meeting?.phase === 'ringing' && opens(meeting);
  useEffect(() => {
    if (!isStill) go({ page: 'meetings' });
  }, [isStill, go]);
  return meeting === null || !isStill ? null : <Countdown meeting={meeting} go={go} />;
}

function Countdown({
  meeting,
  go,
}: {
  readonly meeting: KioskMeeting;
  readonly go: Go;
}): ReactElement {
  const { t } = useWords();
  const sayWho = useSayWho();
  const { meetingId, title } = meeting;
  const [gone, setGone] = useState(0);
  const who = t('meeting.by', { who: sayWho(meeting) });
  const noticeIn = (lng: Language): string =>
    [
      t('meeting.opening', { lng }),
      t('meeting.by', { who: sayWho(meeting, lng), lng }),
      title,
    ].join('。');
  const voice = useSpokenNotice(noticeIn, gone >= toneSeconds);
  const say = useEffectEvent(async (answer: 'accepted' | 'declined'): Promise<void> => {
    const how = answer === 'accepted' ? 'auto' : 'touch';
    const said = await ask('/api/meetings/answer', { meetingId, answer, how });
    if (answer === 'accepted' && !isDenied(said)) go({ page: 'meeting', step: 'room', meetingId });
    else go(home);
  });
  useEffect(() => {
    void ask('/api/meetings/rung', { meetingId });
    const timer = setInterval(() => setGone((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, [meetingId]);
  useEffect(() => {
    // Where no voice speaks, the tone goes on to the end.
    if (gone < toneSeconds || (voice === 'tone-only' && gone < allSeconds)) playTone('ring');
    if (gone === allSeconds) void say('accepted');
  }, [gone, voice]);
  return (
    <main className="opening">
      <section className="opening-why" role="alert">
        <Icon name="camera" />
        <h2>
          <TwoLines textKey="meeting.opening" />
        </h2>
        <p className="opening-who">{who}</p>
        <p className="opening-title">{title}</p>
      </section>
      <div className="opening-clock" role="timer">
        <b>{Math.max(0, allSeconds - gone)}</b>
        <TwoLines textKey="meeting.openingIn" />
      </div>
      <Tile icon="stop" textKey="meeting.openingStop" onPress={() => void decline()} />
      <p className="page-note">{t(voice === 'spoken' ? 'meeting.spoken' : 'meeting.toneOnly')}</p>
    </main>
  );

  async function decline(): Promise<void> {
    await ask('/api/meetings/answer', { meetingId, answer: 'declined', how: 'touch' });
    go(home);
  }
}
