import type { RoomWords } from '@sightline/contracts';
import { formatTime, useWords } from '@sightline/look';
import {
  VoicesOf,
  type Channel,
  type MeetingClient,
  type MeetingSnapshot,
} from '@sightline/media-client';
import { useEffect, useState, type ReactElement } from 'react';
import { useKiosk, useLinkView } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { Controls } from './Controls.tsx';
import { nameOf } from './own-seat.ts';
import { OwnVideo } from './OwnVideo.tsx';
import { Pictures } from './Pictures.tsx';
import { TierBanner } from './TierBanner.tsx';
import { troubleKey } from './trouble-key.ts';
import type { MeetingMedia } from './use-meeting-media.ts';
import { useRoomWords } from './use-room-words.ts';

const counts = [4, 9, 1] as const;
const linesShown = 3;
const linesOfText = 8;

interface Props {
  readonly client: MeetingClient;
  readonly meeting: MeetingSnapshot;
  readonly room: RoomWords;
  readonly media: MeetingMedia;
  readonly title: string;
  readonly onLeave: () => void;
}

/** The room: what happens above, the pictures, oneself, the chair's words, and the keys below. */
export function RoomStage(props: Props): ReactElement {
  const { client, meeting, room, media, title, onLeave } = props;
  const { t } = useWords();
  const [count, setCount] = useState<(typeof counts)[number]>(4);
  const [channel, setChannel] = useState<Channel>('floor');
  const [refused, setRefused] = useState<string | null>(null);
  const word = useRoomWords(meeting);
  const shown = room.pictures.filter((seatId) => seatId !== meeting.seatId).slice(0, count);
  const wanted = shown.join();
  useEffect(() => {
    client.watch(wanted === '' ? [] : wanted.split(','));
  }, [client, wanted]);
  const isTextOnly = meeting.own?.down === 'text';
  const trouble = refused ?? (meeting.phase === 'in' ? (meeting.problem?.code ?? null) : null);
  return (
    <div className="room-stage">
      <header className="room-head">
        <RoomHead room={room} title={title} />
        <TierBanner own={meeting.own} />
        {trouble !== null && (
          <div className="tier-banner" role="status" title={meeting.problem?.detail}>
            <Icon name="warn" />
            <span>{t(troubleKey(trouble))}</span>
          </div>
        )}
      </header>
      <div className="room-view">
        {isTextOnly ? (
          <Lines meeting={meeting} room={room} isAll />
        ) : (
          <Pictures meeting={meeting} room={room} count={count} />
        )}
        <aside className="room-side">
          <OwnPicture media={media} meeting={meeting} />
          {!isTextOnly && <Lines meeting={meeting} room={room} isAll={false} />}
        </aside>
        {word !== null && (
          <p className="room-word" role="alert">
            <TwoLines textKey={word} />
          </p>
        )}
        {meeting.phase === 'away' && <Away meeting={meeting} />}
      </div>
      <Controls
        client={client}
        meeting={meeting}
        media={media}
        channel={channel}
        onChannel={(next) => {
          setChannel(next);
          client.listen(next);
        }}
        count={count}
        onCount={() => setCount(counts[(counts.indexOf(count) + 1) % counts.length] ?? 4)}
        onRefused={setRefused}
        onLeave={onLeave}
      />
      <VoicesOf voices={meeting.voices} />
    </div>
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

/** The newest lines; where the link carries nothing else, more of them and large. */
function Lines({
  meeting,
  room,
  isAll,
}: {
  readonly meeting: MeetingSnapshot;
  readonly room: RoomWords;
  readonly isAll: boolean;
}): ReactElement | null {
  const { t } = useWords();
  const lines = meeting.lines.slice(isAll ? -linesOfText : -linesShown);
  if (lines.length === 0 && !isAll) return null;
  return (
    <ul className={isAll ? 'room-lines is-all' : 'room-lines'} aria-label={t('meeting.lines')}>
      {lines.map(({ lineId, seatId, at, text }) => (
        <li key={lineId}>
          <small>
            {`${formatTime(Temporal.Instant.from(at), 'minute')} ${nameOf(room, seatId)}`}
          </small>
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}

/** Oneself, as in a mirror: what leaves this village, or that nothing does. */
function OwnPicture({
  media,
  meeting,
}: {
  readonly media: MeetingMedia;
  readonly meeting: MeetingSnapshot;
}): ReactElement {
  const { t } = useWords();
  const { shutter } = useKiosk();
  const isSent = media.camera !== null && meeting.sending.camera === 'on';
  return (
    <figure className="picture room-own">
      {isSent && media.camera !== null ? (
        <OwnVideo track={media.camera} />
      ) : (
        <span className="picture-none">
          <Icon name="noCamera" />
          {shutter.isShut && <small>{t('shutter.shut')}</small>}
        </span>
      )}
      <figcaption>
        <b>{t('meeting.own')}</b>
        <Icon name={meeting.sending.microphone === 'on' ? 'microphone' : 'noMicrophone'} />
      </figcaption>
    </figure>
  );
}

function Away({ meeting }: { readonly meeting: MeetingSnapshot }): ReactElement {
  const { t } = useWords();
  const { clockOffsetMs } = useLinkView();
  const sinceMs = (meeting.awaySinceMs ?? Date.now()) + clockOffsetMs;
  const since = Temporal.Instant.fromEpochMilliseconds(Math.round(sinceMs));
  return (
    <div className="room-away" role="status">
      <TwoLines textKey="meeting.away" />
      <small>{t('meeting.awaySince', { time: formatTime(since, 'second') })}</small>
    </div>
  );
}
