import type { DutyDay, RunningDuty } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { clockTime } from '../clock-time.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';

/** 带班, 值班, 备勤 by name: who came since when, who did not yet, and who is next. */
export function RosteredDuties({ day }: { readonly day: DutyDay }): ReactElement {
  const { t } = useWords();
  const { onDuty } = useKiosk();
  const nameOf = useNames();
  const { running, next } = day;
  const rostered = new Set(running.map(({ arrival }) => arrival?.personId));
  const others = onDuty.filter(({ personId }) => !rostered.has(personId));
  const isMissed = running.some((duty) => duty.isMissed);
  return (
    <div className="duty-people">
      {running.length === 0 && <p>{t('duty.nobodyRostered')}</p>}
      <ul>
        {running.map((duty) => (
          <DutyRow key={duty.post} duty={duty} />
        ))}
      </ul>
      {others.length > 0 && (
        <p className="duty-others">
          {t('duty.others', { names: others.map(({ personId }) => nameOf(personId)).join('、') })}
        </p>
      )}
      {isMissed ? (
        <p className="duty-missed" role="status">
          <Icon name="warn" />
          {t('duty.missed')}
        </p>
      ) : (
        <Next next={next} />
      )}
    </div>
  );
}

function DutyRow({ duty }: { readonly duty: RunningDuty }): ReactElement {
  const { t } = useWords();
  const nameOf = useNames();
  const { post, personId, arrival, leftAt, isMissed } = duty;
  return (
    <li className={isMissed ? 'duty-late' : ''}>
      <small>{t(`duty.post.${post}`)}</small>
      <b>{nameOf(personId)}</b>
      {arrival === null ? (
        <span>{t('duty.notYet')}</span>
      ) : (
        <span className={leftAt === null ? 'duty-came' : ''}>
          {leftAt === null && <Icon name="check" />}
          {arrival.personId !== personId && `${nameOf(arrival.personId)} `}
          {leftAt === null
            ? t('duty.since', { time: clockTime(arrival.at) })
            : t('duty.left', { time: clockTime(leftAt) })}
        </span>
      )}
    </li>
  );
}

function Next({ next }: { readonly next: DutyDay['next'] }): ReactElement | null {
  const { t } = useWords();
  const nameOf = useNames();
  const [first] = next;
  if (first === undefined) return null;
  const names = [...new Set(next.map(({ personId }) => nameOf(personId)))].join('、');
  return <p className="duty-next">{t('duty.next', { time: clockTime(first.from), names })}</p>;
}

/** A name of the village's list; a dash for who has left it. */
function useNames(): (personId: string) => string {
  const { people } = useKiosk();
  return (personId) => people.find((known) => known.personId === personId)?.name ?? '—';
}
