import { channelLanguages, maySend, maySpeak, type MediaSource } from '@sightline/contracts';
import { formatSinceInstant, useNow, useWords } from '@sightline/look';
import { keepChannel, keptChannel, VideoOf, type Channel } from '@sightline/media-client';
import { Segmented } from 'antd';
import { useState, type ReactElement } from 'react';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { useKeys } from '../shell/use-keys.ts';
import type { Room } from '../meetings/use-room.ts';
import { DeviceCheck } from './DeviceCheck.tsx';
import { TierBadge } from './TierBadge.tsx';
import type { OwnSeat } from './use-seat.ts';

interface Props {
  readonly room: Room;
  readonly seat: OwnSeat;
}

/** What of one's own picture goes out; nothing where none does. */
export function OwnPicture({ seat }: { readonly seat: OwnSeat }): ReactElement | null {
  const { t } = useWords();
  const { snapshot, tracks } = seat;
  if (seat.client === null || tracks.camera === null || snapshot.sending.camera !== 'on')
    return null;
  return (
    <span className="own-small">
      <VideoOf track={tracks.camera} className="is-mirrored" label={t('room.device.own')} />
    </span>
  );
}

/** 本席: one's own picture and voice, and the way into the room and out of it. */
export function OwnMedia({ room, seat }: Props): ReactElement | null {
  const { t } = useWords();
  const [isChecking, setChecking] = useState(false);
  if (room.ownSeat === null) return <p className="fine">{t('room.onlooker')}</p>;
  const isReady = room.view.media?.state === 'ready';
  if (seat.client === null) {
    return (
      <div className="own">
        <ActButton
          kind="main"
          reason={isReady ? null : t('room.mediaOff')}
          onClick={() => setChecking(true)}
        >
          {t('room.enter')}
        </ActButton>
        <span className="fine">{t(room.isChair ? 'room.enterChair' : 'room.enterVenue')}</span>
        {!isChecking && <ProblemLine problem={seat.problem} />}
        {isChecking && <DeviceCheck seat={seat} onClose={() => setChecking(false)} />}
      </div>
    );
  }
  return <InRoom room={room} seat={seat} />;
}

function InRoom({ room, seat }: Props): ReactElement {
  const { t } = useWords();
  useKeys({
    v: () => void toggle(seat, 'microphone'),
    x: () => void toggle(seat, 'camera'),
  });
  return (
    <div className="own is-in">
      <div className="actions">
        <SourceButton room={room} seat={seat} source="microphone" />
        <SourceButton room={room} seat={seat} source="camera" />
        <ScreenButton room={room} seat={seat} />
        <InterpretButton room={room} seat={seat} />
        {!room.isChair && <HandButton room={room} seat={seat} />}
        <ActButton reason={null} onClick={seat.leave}>
          {t('room.leave')}
        </ActButton>
      </div>
      {room.control.interpreters.length > 0 && <ChannelChoice room={room} seat={seat} />}
      {seat.refusal !== null && (
        <p className="problem" role="alert">
          ▲ {t(`problem.${seat.refusal.code}`, { defaultValue: seat.refusal.detail })}
        </p>
      )}
    </div>
  );
}

/** How the way to the room stands: connected, away since, over. */
export function LinkWord({ seat: { snapshot } }: { readonly seat: OwnSeat }): ReactElement {
  const { t, language } = useWords();
  const now = useNow();
  const { phase, awaySinceMs, wayLostSinceMs, over, problem, own } = snapshot;
  const isWayLost = phase === 'in' && wayLostSinceMs !== null;
  const sinceMs = isWayLost ? wayLostSinceMs : awaySinceMs;
  const since =
    sinceMs === null
      ? ''
      : formatSinceInstant(Temporal.Instant.fromEpochMilliseconds(sinceMs), now, language);
  return (
    <p className={phase === 'in' && !isWayLost ? 'link-word' : 'link-word warn'} role="status">
      {t(`room.link.${isWayLost ? 'wayLost' : phase}`, { since })}
      {over !== null && ` ${t(`room.over.${over.why}`)}`}
      {problem !== null && ` ${t(`room.signal.${problem.code}`, { defaultValue: problem.detail })}`}
      {phase === 'in' && own !== null && (
        <>
          {' '}
          {t('room.link.up')} <TierBadge tier={own.up} reason={own.upReason} />{' '}
          {t('room.link.down')} <TierBadge tier={own.down} reason={own.downReason} />
        </>
      )}
    </p>
  );
}

function toggle(seat: OwnSeat, source: 'microphone' | 'camera'): Promise<void> | undefined {
  const track = seat.tracks[source];
  if (track === null) return undefined;
  if (seat.snapshot.sending[source] === 'off') return seat.send(source, track);
  return seat.setPaused(source, seat.snapshot.sending[source] === 'on');
}

function SourceButton({
  room,
  seat,
  source,
}: Props & {
  readonly source: 'microphone' | 'camera';
}): ReactElement {
  const { t } = useWords();
  const isOn = seat.snapshot.sending[source] === 'on';
  const isLocked =
    source === 'microphone' && room.ownSeat !== null && !maySpeak(room.rules, room.ownSeat);
  const none = seat.tracks[source] === null ? t(`room.noSource.${source}`) : null;
  const reason = none ?? (isLocked && !isOn ? t('meetings.locked.you') : null);
  return (
    <ActButton reason={reason} onClick={() => void toggle(seat, source)}>
      {t(`room.source.${source}.${isOn ? 'stop' : 'start'}`)}{' '}
      <kbd>{source === 'microphone' ? 'v' : 'x'}</kbd>
    </ActButton>
  );
}

function ScreenButton({ room, seat }: Props): ReactElement {
  const { t } = useWords();
  const isOn = seat.snapshot.sending.screen !== 'off';
  const may = room.ownSeat !== null && maySend(room.rules, room.ownSeat, 'screen');
  const source: MediaSource = 'screen';
  async function share(): Promise<void> {
    if (isOn) return seat.send(source, null);
    const track = await askScreen();
    if (track === null) return undefined;
    track.addEventListener('ended', () => void seat.send(source, null));
    return seat.send(source, track);
  }
  return (
    <ActButton
      reason={may || isOn ? null : t('room.screenNotAllowed')}
      onClick={() => void share()}
    >
      {t(isOn ? 'room.source.screen.stop' : 'room.source.screen.start')}
    </ActButton>
  );
}

/** null = the person chose none. */
async function askScreen(): Promise<MediaStreamTrack | null> {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: true });
    return stream.getVideoTracks()[0] ?? null;
  } catch {
    return null; // Cancelling is an answer.
  }
}

/** 传译: where the chair made this seat an interpreter, its voice goes into that language's channel. */
function InterpretButton({ room, seat }: Props): ReactElement | null {
  const { t } = useWords();
  const may = room.ownSeat !== null && maySend(room.rules, room.ownSeat, 'interpreter');
  const isOn = seat.snapshot.sending.interpreter !== 'off';
  const { microphone } = seat.tracks;
  if (!may && !isOn) return null;
  const turn = () =>
    seat.send('interpreter', isOn || microphone === null ? null : microphone.clone());
  return (
    <ActButton
      reason={microphone === null ? t('room.noSource.microphone') : null}
      onClick={() => void turn()}
    >
      {t(isOn ? 'room.source.interpreter.stop' : 'room.source.interpreter.start')}
    </ActButton>
  );
}

function HandButton({ room, seat }: Props): ReactElement {
  const { t } = useWords();
  const isUp = room.ownSeat !== null && room.control.hands.includes(room.ownSeat);
  return (
    <ActButton reason={null} onClick={() => void seat.raiseHand(!isUp)}>
      {t(isUp ? 'room.hand.down' : 'room.hand.up')}
    </ActButton>
  );
}

/** 收听: the floor, or an interpreter. */
function ChannelChoice({ room, seat }: Props): ReactElement {
  const { t } = useWords();
  const { meetingId } = room.view;
  const [channel, setChannel] = useState<Channel>(() => keptChannel(sessionStorage, meetingId));
  return (
    <p className="device-line">
      <span>{t('room.channel.label')}</span>
      <Segmented<Channel>
        size="small"
        value={channel}
        onChange={(chosen) => {
          setChannel(chosen);
          keepChannel(sessionStorage, meetingId, chosen);
          seat.client?.listen(chosen);
        }}
        options={(['floor', ...channelLanguages] as const).map((value) => ({
          value,
          label: t(`room.channel.${value}`),
        }))}
      />
    </p>
  );
}
