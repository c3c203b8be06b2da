import type { MeetingView, SeatId } from '@sightline/contracts';
import { VoicesOf } from '@sightline/media-client';
import { useWords } from '@sightline/look';
import { Segmented } from 'antd';
import { useMemo, useState, type ReactElement } from 'react';
import { useKeys } from '../shell/use-keys.ts';
import { MediaNotice } from '../meetings/MediaNotice.tsx';
import { MeetingHead } from '../meetings/MeetingHead.tsx';
import { useRoom, type Room } from '../meetings/use-room.ts';
import { ChairBar } from './ChairBar.tsx';
import { EndButton } from '../meetings/EndButton.tsx';
import { KeyList } from './KeyList.tsx';
import { LinesPanel, linesOf } from './LinesPanel.tsx';
import { LinkWord, OwnMedia, OwnPicture } from './OwnMedia.tsx';
import { DeskPresent, RollCallPanel } from './RollCallPanel.tsx';
import { SlidesPanel } from './SlidesPanel.tsx';
import { Stage } from './Stage.tsx';
import { useSeat, type OwnSeat } from './use-seat.ts';
import { useSteering, type Steering } from './use-steering.ts';
import { venueRows, type VenueRow } from './venue-rows.ts';
import { VenueCard } from './VenueCard.tsx';
import { VenueList } from './VenueList.tsx';

interface Props {
  readonly view: MeetingView;
  readonly scope: string;
  readonly onClose: () => void;
}

/** 会场 while the room is open: stage, one's own seat, and for the chair all that steers. */
export function RoomPage({ view, scope, onClose }: Props): ReactElement {
  const seat = useSeat(view.meetingId, scope);
  const heard = seat.snapshot.room?.control ?? null;
  const room = useRoom({ view, scope, heard });
  const steering = useSteering(room);
  const [looked, setLooked] = useState<SeatId | null>(null);
  const { links } = seat.snapshot;
  const { control, venues, seats } = room;
  const rows = useMemo(
    () => venueRows({ control, venues, seats }, links),
    [control, venues, seats, links],
  );
  const chosen = rows.find((row) => row.seat.seatId === looked) ?? null;
  useKeys({ Escape: () => (looked === null ? onClose() : setLooked(null)) });
  return (
    <article className="meeting is-open">
      <MeetingHead view={view} onClose={onClose} acts={room.mayEnd && <EndButton room={room} />} />
      <MediaNotice media={view.media} />
      <DeskPresent room={room} />
      <div className="meeting-room">
        <div className="meeting-main">
          <Stage room={room} seat={seat} looked={looked}>
            {seat.client !== null && <LinkWord seat={seat} />}
          </Stage>
          <div className="desk">
            <OwnPicture seat={seat} />
            <div className="desk-keys">
              <OwnMedia room={room} seat={seat} />
              {room.isChair && <ChairBar room={room} steering={steering} />}
            </div>
          </div>
        </div>
        <div className="meeting-side">
          {chosen !== null && (
            <VenueCard
              row={chosen}
              room={room}
              seat={seat}
              steering={steering}
              onClose={() => setLooked(null)}
            />
          )}
          <Side
            room={room}
            seat={seat}
            steering={steering}
            rows={rows}
            looked={looked}
            onLook={setLooked}
          />
        </div>
      </div>
      <KeyList isChair={room.isChair} isIn={seat.client !== null} />
      {seat.client !== null && <VoicesOf voices={seat.snapshot.voices} />}
    </article>
  );
}

type Tab = 'venues' | 'rollCall' | 'lines' | 'slides';

function Side(props: {
  readonly room: Room;
  readonly seat: OwnSeat;
  readonly steering: Steering;
  readonly rows: readonly VenueRow[];
  readonly looked: SeatId | null;
  readonly onLook: (seatId: SeatId) => void;
}): ReactElement {
  const { t } = useWords();
  const { room, seat, steering, rows } = props;
  const [tab, setTab] = useState<Tab>('venues');
  const tabs: readonly Tab[] = room.isChair
    ? ['venues', 'rollCall', 'lines', 'slides']
    : ['venues', 'rollCall', 'lines'];
  useKeys(Object.fromEntries(tabs.map((one, at) => [String(at + 1), () => setTab(one)])));
  const words: Readonly<Record<Tab, string>> = {
    venues: t('room.tab.venues', { count: rows.length }),
    rollCall: t('room.tab.rollCall'),
    lines: t('room.tab.lines', { count: linesOf(room, seat).length }),
    slides: t('room.tab.slides'),
  };
  return (
    <>
      <Segmented<Tab>
        block
        className="side-tabs"
        value={tab}
        onChange={setTab}
        options={tabs.map((value) => ({ value, label: words[value] }))}
      />
      {tab === 'venues' && <VenueList {...props} />}
      {tab === 'rollCall' && <RollCallPanel room={room} steering={steering} rows={rows} />}
      {tab === 'lines' && <LinesPanel room={room} seat={seat} />}
      {tab === 'slides' && <SlidesPanel room={room} seat={seat} steering={steering} />}
    </>
  );
}
