import type { RollCallAnswer, RoundView } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { TableColumnsType } from 'antd';
import { useState, type ReactElement } from 'react';
import { placeName, useRegions } from '../api/use-regions.ts';
import { useSlices } from '../api/use-slices.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ListTable } from '../parts/ListTable.tsx';
import { When } from '../parts/StatusWord.tsx';
import { useRollCalls } from '../meetings/use-meetings.ts';
import type { Room } from '../meetings/use-room.ts';

/** 点名: each round in figures; who answered by name when somebody asks, for that is audited. */
export function Rounds({ room }: { readonly room: Room }): ReactElement {
  const { t } = useWords();
  const [isAsked, setAsked] = useState(false);
  const { view } = room;
  if (view.rounds.length === 0) return <p className="quiet">{t('room.noRounds')}</p>;
  return (
    <>
      <ul className="past-rounds">
        {view.rounds.map((round) => (
          <RoundLine key={round.round} round={round} />
        ))}
      </ul>
      {isAsked ? (
        <Answers room={room} />
      ) : (
        <>
          <p className="quiet no-print">{t('room.namesAudited')}</p>
          <ActButton reason={null} onClick={() => setAsked(true)}>
            {t('room.showNames')}
          </ActButton>
        </>
      )}
    </>
  );
}

function RoundLine({ round: { round, openedAt, asked, present } }: { readonly round: RoundView }) {
  const { t } = useWords();
  return (
    <li>
      <span>
        {t('room.rollCall.round', { round })} <When at={openedAt} />
      </span>
      <span>{t('room.rollCall.figures', { present, asked, absent: asked - present })}</span>
    </li>
  );
}

function Answers({ room }: { readonly room: Room }): ReactElement {
  const { t } = useWords();
  const { view, scope } = room;
  const { data, error, isPending } = useRollCalls(view.meetingId, scope, true);
  const list = useSlices(data ?? [], { key: view.meetingId, isLoading: isPending, problem: error });
  return (
    <ListTable<RollCallAnswer>
      list={list}
      rowKey={({ round, seatId }) => `${round}/${seatId}`}
      columns={useColumns(room)}
      empty={{ title: t('room.noAnswers'), whatToDo: t('room.noAnswersWhat') }}
    />
  );
}

function useColumns({ seats }: Room): TableColumnsType<RollCallAnswer> {
  const { t } = useWords();
  const regions = useRegions();
  return [
    {
      title: t('room.rollCall.one'),
      key: 'round',
      render: (_, { round }) => round,
    },
    {
      title: t('meetings.venueName'),
      key: 'venue',
      render: (_, { seatId }) => {
        const seat = seats.get(seatId);
        return seat === undefined ? t('room.goneSeat') : placeName(regions, seat.region);
      },
    },
    {
      title: t('room.answer'),
      key: 'who',
      render: (_, { name, method, at, isSample }) => (
        <span className="village-cell">
          <span>{name ?? t('room.noName')}</span>
          <span className="quiet">
            {t(`room.method.${method}`)} · <When at={at} />
            {isSample && <span className="tag">{t('sampleCamera.one')}</span>}
          </span>
        </span>
      ),
    },
  ];
}
