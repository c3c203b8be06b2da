import type { Seat, SeatId } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { Select } from 'antd';
import { useState, type ReactElement } from 'react';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { useRecording } from '../meetings/use-meetings.ts';
import type { Room } from '../meetings/use-room.ts';
import { Player } from './Player.tsx';
import { timelineOf } from './timeline.ts';

/** 录像: fetched when somebody asks for it, for that is audited; then venue by venue on one clock. */
export function RecordingSection({ room }: { readonly room: Room }): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const [isAsked, setAsked] = useState(false);
  const [chosen, setChosen] = useState<SeatId | null>(null);
  const { view, scope, seats } = room;
  const { data: recording, error } = useRecording(view.meetingId, scope, isAsked);
  if (!view.isRecorded) return <p className="quiet">{t('room.noRecording')}</p>;
  if (!isAsked) {
    return (
      <>
        <p className="quiet">{t('room.recordingAudited')}</p>
        <ActButton reason={null} onClick={() => setAsked(true)}>
          {t('room.openRecording')}
        </ActButton>
      </>
    );
  }
  if (recording === null) return <p className="quiet">{t('room.recordingGone')}</p>;
  const timeline = recording === undefined ? null : timelineOf(recording.segments);
  if (recording === undefined || timeline === null) return <ProblemLine problem={error} />;
  const nameOf = (seatId: SeatId) => {
    const seat: Seat | undefined = seats.get(seatId);
    if (seat === undefined) return t('room.goneSeat');
    return seatId.startsWith('desk-') ? seat.name : placeName(regions, seat.region);
  };
  const track = timeline.tracks.find(({ seatId }) => seatId === chosen) ?? timeline.tracks[0];
  return (
    <>
      <Select<SeatId>
        className="region-select"
        aria-label={t('meetings.venueName')}
        value={track?.seatId ?? ''}
        onChange={setChosen}
        options={timeline.tracks.map(({ seatId }) => ({ value: seatId, label: nameOf(seatId) }))}
      />
      {track !== undefined && (
        <Player
          key={track.seatId}
          meetingId={view.meetingId}
          recording={recording}
          timeline={timeline}
          track={track}
        />
      )}
    </>
  );
}
