import { meetingLimits, type MeetingAct } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { Segmented } from 'antd';
import { useState, type ReactElement } from 'react';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { useSpellLength } from '../spot-checks/spell-length.ts';
import { useKeys } from '../shell/use-keys.ts';
import type { Room } from '../meetings/use-room.ts';
import { InviteDialog } from './InviteDialog.tsx';
import type { Steering } from './use-steering.ts';

interface Props {
  readonly room: Room;
  readonly steering: Steering;
}

/** 会控: what the chair does to the whole room. Works without a worker: it goes by HTTP. */
export function ChairBar({ room, steering }: Props): ReactElement {
  const { t } = useWords();
  const [isInviting, setInviting] = useState(false);
  const { control } = room;
  const mute = { act: 'mute-all', lock: true } as const;
  const lockTurn: MeetingAct = control.isLocked ? { act: 'unlock' } : mute;
  const record: MeetingAct = { act: control.isRecorded ? 'stop-recording' : 'start-recording' };
  const [nextHand] = control.hands;
  const giveNext: MeetingAct | null =
    nextHand === undefined ? null : { act: 'give-floor', seatId: nextHand };
  const runIfFree = (act: MeetingAct | null) => {
    if (act !== null && steering.whyNot(act) === null) void steering.run(act);
  };
  useKeys({
    m: () => runIfFree(mute),
    l: () => runIfFree(lockTurn),
    f: () => runIfFree(giveNext),
    i: () => setInviting(true),
  });
  return (
    <section className="chair-bar" aria-label={t('room.chairBar')}>
      <div className="actions">
        <Act steering={steering} act={mute} keyName="m" />
        {control.isLocked && <Act steering={steering} act={{ act: 'unlock' }} keyName="l" />}
        <ActButton
          reason={giveNext === null ? t('room.noHands') : steering.whyNot(giveNext)}
          onClick={() => runIfFree(giveNext)}
        >
          {t('room.giveNext')} <kbd>f</kbd>
        </ActButton>
        <Act steering={steering} act={record} />
        <OwnScreen room={room} steering={steering} />
      </div>
      <div className="actions">
        <ActButton reason={null} onClick={() => setInviting(true)}>
          {t('room.act.invite')} <kbd>i</kbd>
        </ActButton>
        <Carousel room={room} steering={steering} />
        <p className="done-word" role="status">
          {steering.done !== null && `✓ ${t(`room.done.${steering.done}`)}`}
        </p>
      </div>
      <ProblemLine problem={steering.problem} />
      {isInviting && (
        <InviteDialog room={room} steering={steering} onClose={() => setInviting(false)} />
      )}
    </section>
  );
}

/** One act with its name, its key, and why it cannot be done. */
function Act(props: {
  readonly steering: Steering;
  readonly act: MeetingAct;
  readonly keyName?: string;
}): ReactElement {
  const { t } = useWords();
  const { steering, act, keyName } = props;
  return (
    <ActButton reason={steering.whyNot(act)} onClick={() => void steering.run(act)}>
      {t(`room.act.${act.act}`)} {keyName !== undefined && <kbd>{keyName}</kbd>}
    </ActButton>
  );
}

/** The chair shares its own screen: allowed here, begun beside one's own picture. */
function OwnScreen({ room, steering }: Props): ReactElement {
  const { t } = useWords();
  const isOwn = room.control.screen === room.ownSeat;
  const act: MeetingAct = { act: 'share-screen', seatId: isOwn ? null : room.ownSeat };
  return (
    <ActButton reason={steering.whyNot(act)} onClick={() => void steering.run(act)}>
      {t(isOwn ? 'room.screenBack' : 'room.screenOwn')}
    </ActButton>
  );
}

const seconds = [10, 20, 60] as const;

/** 轮巡: one venue after the other on the air, of those in the room. */
function Carousel({ room, steering }: Props): ReactElement {
  const { t } = useWords();
  const spell = useSpellLength();
  const [every, setEvery] = useState<number>(20);
  const { carousel } = room.control;
  const seats = [...room.venues.values()]
    .filter(({ isInRoom, seatId }) => isInRoom && seatId !== room.control.chair)
    .map(({ seatId }) => seatId)
    .slice(0, meetingLimits.carouselSeats);
  const start: MeetingAct = { act: 'set-carousel', carousel: { seconds: every, seats } };
  const end: MeetingAct = { act: 'set-carousel', carousel: null };
  const runIfFree = (act: MeetingAct) => {
    if (steering.whyNot(act) === null) void steering.run(act);
  };
  const tooFew = seats.length < 2 ? t('room.carousel.tooFew') : null;
  useKeys({
    c: () => (carousel !== null ? runIfFree(end) : tooFew === null ? runIfFree(start) : undefined),
  });
  if (carousel !== null) {
    return (
      <div className="actions carousel">
        <span>
          {t('room.carousel.runs', {
            seats: carousel.seats.length,
            every: spell(carousel.seconds * 1000),
          })}
        </span>
        <ActButton reason={steering.whyNot(end)} onClick={() => runIfFree(end)}>
          {t('room.carousel.end')} <kbd>c</kbd>
        </ActButton>
      </div>
    );
  }
  return (
    <div className="actions carousel">
      <ActButton reason={steering.whyNot(end) ?? tooFew} onClick={() => runIfFree(start)}>
        {t('room.carousel.start', { count: seats.length })} <kbd>c</kbd>
      </ActButton>
      <Segmented<number>
        value={every}
        onChange={setEvery}
        aria-label={t('room.carousel.every')}
        options={seconds.map((value) => ({ value, label: spell(value * 1000) }))}
      />
    </div>
  );
}
