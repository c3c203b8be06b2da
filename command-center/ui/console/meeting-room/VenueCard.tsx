import { channelLanguages, type ChannelLanguage, type MeetingAct } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { App, Segmented } from 'antd';
import type { ReactElement } from 'react';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ActButton } from '../parts/ActButton.tsx';
import type { Room } from '../meetings/use-room.ts';
import { PictureTile } from './PictureTile.tsx';
import type { OwnSeat } from './use-seat.ts';
import type { Steering } from './use-steering.ts';
import { onAirTurn } from './VenueList.tsx';
import type { VenueRow } from './venue-rows.ts';
import { VenueWord } from './VenueWord.tsx';

interface Props {
  readonly row: VenueRow;
  readonly room: Room;
  readonly seat: OwnSeat;
  readonly steering: Steering;
  readonly onClose: () => void;
}

/** The venue the chair has chosen: its picture, how it stands, and everything that can be done with it. */
export function VenueCard({ row, room, seat, steering, onClose }: Props): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const { snapshot, client } = seat;
  const { region, name } = row.seat;
  return (
    <article className="venue-card" aria-label={name}>
      <header>
        <div>
          <strong>{placeName(regions, region)}</strong>
          <p className="quiet">
            <VenueWord row={row} />
          </p>
        </div>
        <button type="button" className="close" aria-label={t('button.close')} onClick={onClose}>
          ✕
        </button>
      </header>
      {client !== null && (
        <PictureTile
          seat={row.seat}
          meeting={snapshot}
          isThere={row.venue?.isInRoom ?? null}
          isReceiving
        />
      )}
      {room.isChair && <Acts row={row} room={room} steering={steering} />}
    </article>
  );
}

function Acts({ row, room, steering }: Pick<Props, 'row' | 'room' | 'steering'>): ReactElement {
  const { t } = useWords();
  const { modal } = App.useApp();
  const { seatId, role, name } = row.seat;
  const screen: MeetingAct = {
    act: 'share-screen',
    seatId: room.control.screen === seatId ? null : seatId,
  };
  const remove: MeetingAct = { act: 'remove', seatId };
  const acts: readonly (readonly [string, MeetingAct])[] = [
    row.hasFloor
      ? ['take-floor', { act: 'take-floor', seatId }]
      : ['give-floor', { act: 'give-floor', seatId }],
    ...(row.hand === null
      ? []
      : ([['lower-hand', { act: 'lower-hand', seatId }]] satisfies [string, MeetingAct][])),
    [row.isOnAir ? 'off-air' : 'on-air', onAirTurn(room, seatId)],
    [
      role === 'main' ? 'to-branch' : 'to-main',
      { act: 'set-role', seatId, role: role === 'main' ? 'branch' : 'main' },
    ],
    [screen.seatId === null ? 'screen-end' : 'screen-allow', screen],
  ];
  const ask = () =>
    modal.confirm({
      title: t('room.removeTitle', { name }),
      content: t('room.removeWhat'),
      okButtonProps: { danger: true },
      okText: t('room.seat.remove'),
      onOk: () => steering.run(remove),
    });
  return (
    <>
      <div className="actions">
        {acts.map(([word, act]) => (
          <ActButton
            key={word}
            reason={steering.whyNot(act)}
            onClick={() => void steering.run(act)}
          >
            {t(`room.seat.${word}`)}
          </ActButton>
        ))}
        <ActButton reason={steering.whyNot(remove)} onClick={() => void ask()}>
          {t('room.seat.remove')}
        </ActButton>
      </div>
      <Interpreting row={row} room={room} steering={steering} />
    </>
  );
}

/** 同声传译: which language this venue interprets into. */
function Interpreting({ row, room, steering }: Pick<Props, 'row' | 'room' | 'steering'>) {
  const { t } = useWords();
  const { seatId } = row.seat;
  const own = room.control.interpreters.find((one) => one.seatId === seatId)?.language ?? null;
  const actFor = (value: ChannelLanguage | 'none'): MeetingAct => ({
    act: 'set-interpreter',
    seatId,
    language: value === 'none' ? null : value,
  });
  const reason = steering.whyNot(actFor('zh'));
  return (
    <p className="device-line">
      <span>{t('room.interpreter')}</span>
      <Segmented<ChannelLanguage | 'none'>
        size="small"
        value={own ?? 'none'}
        onChange={(value) => void steering.run(actFor(value))}
        options={(['none', ...channelLanguages] as const).map((value) => ({
          value,
          label: t(`room.channel.${value}`),
          disabled: value !== 'none' && reason !== null,
          ...(value !== 'none' && reason !== null ? { tooltip: reason } : {}),
        }))}
      />
    </p>
  );
}
