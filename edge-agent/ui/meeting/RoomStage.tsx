import type { RoomWords } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import {
  VoicesOf,
  type MeetingClient,
  type MeetingSnapshot,
  type SlideAccess,
} from '@sightline/media-client';
import { useEffect, useState, type ReactElement } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { Way } from '../parts/Way.tsx';
import { Controls } from './Controls.tsx';
import { frontOf, shownSeats, type Front } from './front.ts';
import { FrontTile } from './FrontTile.tsx';
import { Lines } from './Lines.tsx';
import { OwnPicture } from './OwnPicture.tsx';
import { Pictures } from './Pictures.tsx';
import { TierBanner } from './TierBanner.tsx';
import { WayBanner } from './WayBanner.tsx';
import { troubleKey } from './trouble-key.ts';
import type { MeetingMedia } from './use-meeting-media.ts';
import { useChannel } from './use-channel.ts';
import { useTimeOf } from './use-time-of.ts';
import { useRoomWords } from './use-room-words.ts';
import { WriteLine } from './WriteLine.tsx';

const counts = [4, 9, 1] as const;

interface Props {
  readonly client: MeetingClient;
  readonly meeting: MeetingSnapshot;
  readonly room: RoomWords;
  readonly media: MeetingMedia;
  readonly title: string;
  readonly access: SlideAccess;
  readonly onLeave: () => void;
}

/** The room: what happens above, the pictures, oneself, the chair's words, and the keys below. */
export function RoomStage(props: Props): ReactElement {
  const { client, meeting, room, media, title } = props;
  const [isWriting, setWriting] = useState(false);
  const [count, setCount] = useState<(typeof counts)[number]>(4);
  const [refused, setRefused] = useState<string | null>(null);
  const channel = useChannel(client, meeting, room);
  const word = useRoomWords(meeting);
  const front = frontOf(meeting, room);
  return (
    <div className="room-stage">
      <header className="room-head">
        <RoomHead room={room} title={title} />
        {meeting.wayLostSinceMs === null ? (
          <TierBanner own={meeting.own} front={front} />
        ) : (
          <WayBanner sinceMs={meeting.wayLostSinceMs} />
        )}
        <TroubleBanner meeting={meeting} refused={refused} />
      </header>
      <div className="room-view">
        {/* Pictures go on below: what was taken down would come back black. */}
        <div className="room-seen" inert={isWriting}>
          <Seen {...props} front={front} count={count} onWrite={() => setWriting(true)} />
        </div>
        {isWriting && (
          <WriteLine
            client={client}
            meeting={meeting}
            room={room}
            onBack={() => setWriting(false)}
          />
        )}
        {word !== null && (
          <p className="room-word" role="alert">
            <TwoLines textKey={word} />
          </p>
        )}
        {meeting.phase === 'away' && <Away meeting={meeting} />}
      </div>
      {!isWriting && (
        <Controls
          client={client}
          meeting={meeting}
          media={media}
          channel={channel}
          count={count}
          onCount={() => setCount(counts[(counts.indexOf(count) + 1) % counts.length] ?? 4)}
          onRefused={setRefused}
          onLeave={props.onLeave}
        />
      )}
      <VoicesOf voices={meeting.voices} />
    </div>
  );
}

/** What is seen: slides or a screen before the pictures; where the link carries neither, the lines. */
function Seen(
  props: Props & {
    readonly front: Front | null;
    readonly count: number;
    readonly onWrite: () => void;
  },
): ReactElement {
  const { client, meeting, room, media, access, front, count } = props;
  const shown = shownSeats(meeting, room, { count, front });
  const wanted = shown.join();
  useEffect(() => {
    client.watch(wanted === '' ? [] : wanted.split(','));
  }, [client, wanted]);
  const isTextOnly = meeting.own?.down === 'text';
  const tile =
    front === null ? null : (
      <FrontTile front={front} meeting={meeting} room={room} access={access} />
    );
  return (
    <>
      {isTextOnly ? (
        <Lines meeting={meeting} room={room} place="large" />
      ) : (
        <Pictures meeting={meeting} room={room} front={tile} shown={shown} />
      )}
      <aside className="room-side">
        <OwnPicture media={media} meeting={meeting} />
        {!isTextOnly && <Lines meeting={meeting} room={room} place="side" />}
        <Way icon="speech" textKey="meeting.write" onPress={props.onWrite} />
      </aside>
    </>
  );
}

function RoomHead({
  room,
  title,
}: {
  readonly room: RoomWords;
  readonly title: string;
}): ReactElement {
  const { t } = useWords();
  return (
    <p className="room-title">
      <b>{title}</b>
      <span>{t('meeting.present', { count: room.presentCount })}</span>
      {room.control.isRecorded && (
        <span className="room-recorded">
          <i aria-hidden="true" />
          {t('meeting.recorded')}
        </span>
      )}
    </p>
  );
}

/** What was refused here, or failed since. */
function TroubleBanner({
  meeting,
  refused,
}: {
  readonly meeting: MeetingSnapshot;
  readonly refused: string | null;
}): ReactElement | null {
  const { t } = useWords();
  const trouble = refused ?? (meeting.phase === 'in' ? (meeting.problem?.code ?? null) : null);
  if (trouble === null) return null;
  return (
    <div className="tier-banner" role="status" title={meeting.problem?.detail}>
      <Icon name="warn" />
      <span>{t(troubleKey(trouble))}</span>
    </div>
  );
}

function Away({ meeting }: { readonly meeting: MeetingSnapshot }): ReactElement {
  const { t } = useWords();
  const time = useTimeOf()(meeting.awaySinceMs ?? Date.now());
  return (
    <div className="room-away" role="status">
      <TwoLines textKey="meeting.away" />
      <small>{t('meeting.awaySince', { time })}</small>
    </div>
  );
}
