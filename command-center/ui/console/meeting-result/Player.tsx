import type { RecordingView } from '@sightline/contracts';
import { formatTime, useWords } from '@sightline/look';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { ActButton } from '../parts/ActButton.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { gapsOf, nextSound, pieceAt, type Piece, type Timeline, type Track } from './timeline.ts';

interface Props {
  readonly meetingId: string;
  readonly recording: RecordingView;
  readonly timeline: Timeline;
  readonly track: Track;
}

const stepMs = 5_000;

/** One venue's recording from beginning to end: its files one after the other, over gaps. */
export function Player({ meetingId, recording, timeline, track }: Props): ReactElement {
  const { t } = useWords();
  const player = usePlayer(track);
  const { atMs, piece } = player;
  const urlOf = ({ no }: Piece) =>
    `${recording.mediaUrl}/recordings/${meetingId}/${recording.recordingId}/${track.seatId}/${no}?token=${recording.token}`;
  useKeys({
    ' ': player.toggle,
    ArrowRight: () => player.seek(atMs + stepMs),
    ArrowLeft: () => player.seek(atMs - stepMs),
  });
  const clock = Temporal.Instant.fromEpochMilliseconds(timeline.startMs + Math.round(atMs));
  return (
    <div className="player">
      <div className="player-room">
        {player.held.map((one) => (
          <video
            key={one.no}
            ref={(element) => player.hold(one, element)}
            src={urlOf(one)}
            hidden={one !== piece}
            preload="auto"
            playsInline
            aria-label={t('room.recordingOf')}
            onTimeUpdate={({ currentTarget }) => player.note(one, currentTarget.currentTime)}
            onEnded={() => player.ended(one)}
            onError={() => player.failed(one)}
          />
        ))}
        {piece === null && <p className="picture-none">{t('room.player.gap')}</p>}
        {piece !== null && !piece.hasVideo && (
          <p className="picture-none">{t('room.player.voiceOnly')}</p>
        )}
      </div>
      <Bar timeline={timeline} track={track} atMs={atMs} onSeek={player.seek} />
      <div className="actions">
        <ActButton kind="main" reason={null} onClick={player.toggle}>
          {t(player.isPlaying ? 'room.player.pause' : 'room.player.play')}
        </ActButton>
        <ActButton reason={null} onClick={() => player.seek(atMs - stepMs)}>
          −5 s <kbd>←</kbd>
        </ActButton>
        <ActButton reason={null} onClick={() => player.seek(atMs + stepMs)}>
          +5 s <kbd>→</kbd>
        </ActButton>
        <span className="player-clock" data-player-ms={Math.round(atMs)}>
          {formatTime(clock, 'second')}
        </span>
        {player.problem && <span className="warn">▲ {t('room.player.failed')}</span>}
      </div>
    </div>
  );
}

/** The one timeline: what there is, and where nothing was recorded. */
function Bar(props: {
  readonly timeline: Timeline;
  readonly track: Track;
  readonly atMs: number;
  readonly onSeek: (ms: number) => void;
}): ReactElement {
  const { t } = useWords();
  const { timeline, track, atMs, onSeek } = props;
  const { lengthMs } = timeline;
  const share = (ms: number) => `${(100 * ms) / Math.max(1, lengthMs)}%`;
  return (
    <div className="player-bar">
      <div className="player-track" aria-hidden="true">
        {gapsOf(track, lengthMs).map(({ fromMs, untilMs }) => (
          <span
            key={fromMs}
            className="player-gap"
            style={{ left: share(fromMs), width: share(untilMs - fromMs) }}
          />
        ))}
      </div>
      <input
        type="range"
        min={0}
        max={lengthMs}
        step={1_000}
        value={Math.min(lengthMs, Math.round(atMs))}
        aria-label={t('room.player.position')}
        onChange={({ target }) => onSeek(Number(target.value))}
      />
    </div>
  );
}

/** Where the playing stands, and what it needs of the page. */
function usePlayer(track: Track) {
  const [atMs, setAtMs] = useState(() => nextSound(track, 0) ?? 0);
  const [isPlaying, setPlaying] = useState(false);
  const [problem, setProblem] = useState(false);
  const elements = useRef(new Map<number, HTMLVideoElement>());
  const piece = pieceAt(track, atMs);
  const following = piece === null ? null : pieceAfter(track, piece);
  const no = piece?.no ?? null;
  useEffect(() => {
    for (const [each, element] of elements.current) {
      if (each === no && isPlaying) void element.play().catch(() => setPlaying(false));
      else element.pause();
    }
  }, [no, isPlaying]);
  const goTo = (ms: number) => {
    const there = Math.max(0, ms);
    setAtMs(there);
    const found = pieceAt(track, there);
    const element = found === null ? undefined : elements.current.get(found.no);
    if (found !== null && element !== undefined) {
      element.currentTime = (there - found.fileMs) / 1000;
    }
  };
  /** On after a file: into the next, over the gap; stands still at the end. */
  const goOn = (from: Piece) => {
    const next = nextSound(track, from.untilMs);
    if (next === null) setPlaying(false);
    else setAtMs(next);
  };
  return {
    atMs,
    piece,
    isPlaying,
    problem,
    /** The file that plays and the one after it, which is fetched meanwhile. */
    held: [piece, following].filter((one) => one !== null),
    hold: (one: Piece, element: HTMLVideoElement | null) => {
      if (element === null) elements.current.delete(one.no);
      else if (!elements.current.has(one.no)) {
        elements.current.set(one.no, element);
        if (one === piece) element.currentTime = Math.max(0, atMs - one.fileMs) / 1000;
      }
    },
    note: (one: Piece, seconds: number) => {
      if (one !== piece || !isPlaying) return;
      const there = one.fileMs + seconds * 1000;
      if (there < one.untilMs) setAtMs(Math.max(there, one.fromMs));
    },
    ended: (one: Piece) => (one === piece ? goOn(one) : undefined),
    failed: (one: Piece) => {
      setProblem(true);
      if (one === piece && isPlaying) goOn(one);
    },
    seek: goTo,
    toggle: () => setPlaying(!isPlaying),
  };
}

function pieceAfter({ pieces }: Track, piece: Piece): Piece | null {
  return pieces[pieces.indexOf(piece) + 1] ?? null;
}
