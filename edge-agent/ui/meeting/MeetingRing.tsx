import { useWords } from '@sightline/look';
import { useEffect, useState, type ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { Icon } from '../parts/Icon.tsx';
import { RefusalText } from '../parts/RefusalText.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';
import { useSayWho } from '../spot-check/check-words.ts';
import { countdown, useRingTone } from '../spot-check/use-ring.ts';
import { useMeetingRing } from './use-meetings.ts';

const ringEveryMs = 3_000;

interface Props {
  readonly meetingId: string;
  readonly go: Go;
}

/** 振铃: who calls, what for, how long still; answer, decline, or later. */
export function MeetingRing({ meetingId, go }: Props): ReactElement | null {
  const { t } = useWords();
  const sayWho = useSayWho();
  const ring = useMeetingRing();
  const isHere = ring?.meeting.meetingId === meetingId;
  const [refused, setRefused] = useState<string | null>(null);
  useRingTone(isHere ? meetingId : null, ringEveryMs);
  useEffect(() => {
    void ask('/api/meetings/rung', { meetingId });
  }, [meetingId]);
  useEffect(() => {
    if (!isHere) go({ page: 'meetings' });
  }, [isHere, go]);

  async function say(answer: 'accepted' | 'declined'): Promise<void> {
    const said = await ask('/api/meetings/answer', { meetingId, answer, how: 'touch' });
    if (isDenied(said)) setRefused(said.denied);
    else go(answer === 'accepted' ? { page: 'meeting', step: 'check', meetingId } : home);
  }

  if (ring === null || !isHere) return null;
  const { meeting, secondsLeft } = ring;
  return (
    <main className="ring">
      <section className="ring-why" role="alert">
        <div className="ring-sign">
          <Icon name="phone" />
        </div>
        <div className="ring-words">
          <p className="ring-title">
            <TwoLines textKey={`meeting.kind.${meeting.kind}`} />
          </p>
          <h2>{meeting.title}</h2>
          <p className="ring-who">{t('meeting.by', { who: sayWho(meeting) })}</p>
        </div>
        <div className="ring-clock" role="timer">
          <b>{countdown(secondsLeft)}</b>
          <TwoLines textKey="meeting.left" />
        </div>
      </section>
      <section className="ring-ways">
        <div className="ring-tiles">
          <Tile
            icon="phone"
            textKey="meeting.answer"
            tone="main"
            onPress={() => void say('accepted')}
          />
          <Tile icon="stop" textKey="meeting.decline" onPress={() => void say('declined')} />
        </div>
        {refused !== null && <RefusalText code={refused} />}
        <button type="button" className="ring-later" onClick={() => go(home)}>
          <TwoLines textKey="meeting.later" />
        </button>
      </section>
    </main>
  );
}
