import type { KioskMeeting } from '@sightline/contracts';
import { type MeetingClient, useMeeting } from '@sightline/media-client';
import { useEffect, type ReactElement } from 'react';
import { ask } from '../link/api.ts';
import { Icon } from '../parts/Icon.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';
import { RollCallPanel } from './RollCallPanel.tsx';
import { RoomStage } from './RoomStage.tsx';
import { troubleKey } from './trouble-key.ts';
import { usePicturePace } from './use-agent-track.ts';
import { useMeetingClient } from './use-meeting-client.ts';
import { useMeetingMedia } from './use-meeting-media.ts';
import { useMeetingOf } from './use-meetings.ts';

const overSaidMs = 20_000;

interface Props {
  readonly meetingId: string;
  readonly go: Go;
}

/** In the meeting: the room, and above it the roll call, which needs no media server. */
export function RoomPage({ meetingId, go }: Props): ReactElement {
  const meeting = useMeetingOf(meetingId);
  const media = useMeetingMedia();
  const client = useMeetingClient(meeting, media);
  useEffect(() => {
    // Entered from the list, or found again after a restart: that somebody is there is said once.
    void ask('/api/meetings/answer', { meetingId, answer: 'accepted', how: 'touch' });
  }, [meetingId]);
  if (meeting === null || meeting.phase === 'over') {
    return (
      <main className="room">
        <Over why="ended" go={go} />
      </main>
    );
  }
  return (
    <main className="room">
      {client === null ? (
        <NoMedia code="no-media" go={go} />
      ) : (
        <Room client={client} meeting={meeting} media={media} go={go} />
      )}
      <RollCallPanel meeting={meeting} camera={media.camera} />
    </main>
  );
}

interface RoomProps {
  readonly client: MeetingClient;
  readonly meeting: KioskMeeting;
  readonly media: ReturnType<typeof useMeetingMedia>;
  readonly go: Go;
}

function Room({ client, meeting, media, go }: RoomProps): ReactElement {
  const snapshot = useMeeting(client);
  usePicturePace(media.camera, snapshot);
  const { phase, room, over, problem } = snapshot;
  if (phase === 'over') return <Over why={over?.why ?? 'ended'} go={go} />;
  if (room === null) return <NoMedia code={problem?.code ?? null} go={go} />;
  return (
    <RoomStage
      client={client}
      meeting={snapshot}
      room={room}
      media={media}
      title={meeting.title}
      access={meeting}
      onLeave={() => go(home)}
    />
  );
}

/** Not in the room yet, or never: why, and what works all the same. */
function NoMedia({ code, go }: { readonly code: string | null; readonly go: Go }): ReactElement {
  return (
    <div className="room-none">
      <div role="status">
        <Icon name={code === null ? 'clock' : 'warn'} />
        <TwoLines textKey={code === null ? 'meeting.connecting' : 'meeting.offTitle'} />
        {code !== null && (
          <>
            <TwoLines textKey={troubleKey(code)} />
            <TwoLines textKey="meeting.offHint" />
          </>
        )}
      </div>
      <Tile icon="back" textKey="button.back" onPress={() => go(home)} />
    </div>
  );
}

/** 会议结束: said in one word, then home, by a touch or by itself. */
function Over({
  why,
  go,
}: {
  readonly why: 'ended' | 'removed' | 'elsewhere';
  readonly go: Go;
}): ReactElement {
  useEffect(() => {
    const timer = setTimeout(() => go(home), overSaidMs);
    return () => clearTimeout(timer);
  }, [go]);
  return (
    <div className={`room-none is-${why}`}>
      <div role="alert">
        <Icon name={why === 'ended' ? 'check' : 'out'} />
        <TwoLines textKey={`meeting.${why}`} />
      </div>
      <Tile icon="back" textKey="button.back" tone="main" onPress={() => go(home)} />
    </div>
  );
}
