import { meetingLimits, type RoomLine } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { Input } from 'antd';
import { useState, type ReactElement } from 'react';
import { ActButton } from '../parts/ActButton.tsx';
import type { Room } from '../meetings/use-room.ts';
import { LineList } from './LineList.tsx';
import type { OwnSeat } from './use-seat.ts';

/** The lines that are known by either way, each once, in their order. */
export function linesOf(room: Room, seat: OwnSeat): readonly RoomLine[] {
  const byId = new Map(
    [...room.view.lines, ...seat.snapshot.lines].map((line) => [line.lineId, line]),
  );
  return [...byId.values()].toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

export function LinesPanel({
  room,
  seat,
}: {
  readonly room: Room;
  readonly seat: OwnSeat;
}): ReactElement {
  const { t } = useWords();
  const [text, setText] = useState('');
  const missing =
    seat.snapshot.phase !== 'in'
      ? t('room.joinFirst')
      : text.trim() === ''
        ? t('room.writeFirst')
        : null;
  async function say(): Promise<void> {
    if (missing === null && (await seat.say(text.trim()))) setText('');
  }
  return (
    <div className="panel">
      <LineList lines={linesOf(room, seat)} seats={room.seats} />
      <div className="form-row">
        <Input
          value={text}
          maxLength={meetingLimits.textChars}
          aria-label={t('room.line')}
          placeholder={t('room.line')}
          onChange={({ target }) => setText(target.value)}
          onPressEnter={() => void say()}
          onKeyDown={({ key, currentTarget }) => {
            if (key === 'Escape') currentTarget.blur();
          }}
        />
        <ActButton reason={missing} onClick={() => void say()}>
          {t('room.say')}
        </ActButton>
      </div>
    </div>
  );
}
