import type { MeetingAct, RoundView } from '@sightline/contracts';
import { useNow, useWords } from '@sightline/look';
import { Segmented } from 'antd';
import { useState, type ReactElement } from 'react';
import { useCommand } from '../api/use-command.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { useSpellLength } from '../spot-checks/spell-length.ts';
import { meetingsKey } from '../meetings/use-meetings.ts';
import type { Room } from '../meetings/use-room.ts';
import type { Steering } from './use-steering.ts';
import type { VenueRow } from './venue-rows.ts';

interface Props {
  readonly room: Room;
  readonly steering: Steering;
  readonly rows: readonly VenueRow[];
}

const lengths = [60, 120, 300] as const;
const namedMost = 24;

/** 点名: open a round, watch it fill, ask the absent again. Answers come by the terminals' own way. */
export function RollCallPanel({ room, steering, rows }: Props): ReactElement {
  const { rollCall } = room.control;
  const [newest] = room.view.rounds.toSorted((a, b) => b.round - a.round);
  const isOpen = rollCall?.isOpen === true;
  return (
    <div className="panel">
      {newest !== undefined && <Figures round={newest} room={room} rows={rows} />}
      {isOpen ? (
        <Close steering={steering} />
      ) : (
        room.isChair && <Open room={room} steering={steering} newest={newest ?? null} />
      )}
      <ProblemLine problem={steering.problem} />
      <PastRounds rounds={room.view.rounds} />
    </div>
  );
}

function Close({ steering }: { readonly steering: Steering }): ReactElement {
  const { t } = useWords();
  const act = { act: 'close-roll-call' } as const;
  useKeys({ r: () => (steering.whyNot(act) === null ? void steering.run(act) : undefined) });
  return (
    <div className="actions">
      <ActButton reason={steering.whyNot(act)} onClick={() => void steering.run(act)}>
        {t('room.rollCall.close')} <kbd>r</kbd>
      </ActButton>
    </div>
  );
}

function Open({
  room,
  steering,
  newest,
}: Omit<Props, 'rows'> & {
  readonly newest: RoundView | null;
}): ReactElement {
  const { t } = useWords();
  const spell = useSpellLength();
  const [seconds, setSeconds] = useState<number>(120);
  const all: MeetingAct = { act: 'open-roll-call', ask: 'all', seconds };
  const absent: MeetingAct = { act: 'open-roll-call', ask: 'absent', seconds };
  const absentCount = newest === null ? 0 : newest.asked - newest.present;
  const runIfFree = (act: MeetingAct) =>
    steering.whyNot(act) === null ? void steering.run(act) : undefined;
  useKeys({ r: () => runIfFree(all) });
  return (
    <div className="roll-call-open">
      <span className="check-label">{t('room.rollCall.seconds')}</span>
      <Segmented<number>
        value={seconds}
        onChange={setSeconds}
        options={lengths.map((value) => ({ value, label: spell(value * 1000) }))}
      />
      <div className="actions">
        <ActButton kind="main" reason={steering.whyNot(all)} onClick={() => runIfFree(all)}>
          {t('room.rollCall.all', { count: room.view.seats })} <kbd>r</kbd>
        </ActButton>
        {newest !== null && (
          <ActButton
            reason={absentCount === 0 ? t('room.rollCall.nobodyAbsent') : steering.whyNot(absent)}
            onClick={() => runIfFree(absent)}
          >
            {t('room.rollCall.again', { count: absentCount })}
          </ActButton>
        )}
      </div>
      <p className="fine">{t('room.rollCall.what')}</p>
    </div>
  );
}

/** 实到, 未到, and how long it still runs. */
function Figures(props: {
  readonly round: RoundView;
  readonly room: Room;
  readonly rows: readonly VenueRow[];
}): ReactElement {
  const { t } = useWords();
  const now = useNow();
  const spell = useSpellLength();
  const { round, asked, present, until } = props.round;
  const isOpen = props.room.control.rollCall?.isOpen === true;
  const leftMs = Math.max(0, now.until(Temporal.Instant.from(until)).total('milliseconds'));
  const missing = props.rows.filter(
    ({ rollCall }) => rollCall !== 'present' && rollCall !== 'not-asked',
  );
  const names = missing.slice(0, namedMost).map(({ seat }) => seat.name);
  return (
    <section className="roll-call" aria-label={t('room.rollCall.round', { round })}>
      <p className="roll-call-head">
        {t('room.rollCall.round', { round })}
        <span className="quiet">
          {' '}
          {isOpen ? t('room.rollCall.left', { left: spell(leftMs) }) : t('room.rollCall.over')}
        </span>
      </p>
      <p className="roll-call-figures">
        <b data-roll-call="present">{present}</b> / <span data-roll-call="asked">{asked}</span>{' '}
        <span className="quiet">{t('room.rollCall.present')}</span>
      </p>
      <span className="receipt-bar" aria-hidden="true">
        <span
          className="receipt-read"
          style={{ width: `${(100 * present) / Math.max(1, asked)}%` }}
        />
      </span>
      {missing.length > 0 && (
        <p className="fine">
          {t(isOpen ? 'room.rollCall.waiting' : 'room.rollCall.absent', {
            count: missing.length,
          })}{' '}
          {names.join('、')}
          {missing.length > names.length && '…'}
        </p>
      )}
    </section>
  );
}

function PastRounds({ rounds }: { readonly rounds: readonly RoundView[] }): ReactElement | null {
  const { t } = useWords();
  const past = rounds.toSorted((a, b) => b.round - a.round).slice(1);
  if (past.length === 0) return null;
  return (
    <ul className="past-rounds">
      {past.map(({ round, openedAt, asked, present }) => (
        <li key={round}>
          <span>
            {t('room.rollCall.round', { round })} <When at={openedAt} />
          </span>
          <span>
            {present} / {asked}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** 点名应答 at a desk: a venue of township or county says that it is there. */
export function DeskPresent({ room }: { readonly room: Room }): ReactElement | null {
  const { t } = useWords();
  const { control, ownSeat, venues, view, scope } = room;
  const command = useCommand<object>([meetingsKey]);
  const round = control.rollCall?.round ?? 0;
  const own = ownSeat === null ? null : (venues.get(ownSeat)?.rollCall ?? null);
  if (control.rollCall?.isOpen !== true || room.isChair || own === null) return null;
  const isDone = own.round === round && own.at !== null;
  const url = `/api/meetings/${view.meetingId}/present?region=${scope}`;
  return (
    <section className="desk-present" aria-live="polite">
      <strong>{t(isDone ? 'room.rollCall.answered' : 'room.rollCall.calls')}</strong>
      {!isDone && (
        <ActButton
          kind="main"
          reason={null}
          isRunning={command.isRunning}
          onClick={() => void command.run({ method: 'POST', url, body: { round } })}
        >
          {t('room.rollCall.here')}
        </ActButton>
      )}
      <ProblemLine problem={command.problem} />
    </section>
  );
}
