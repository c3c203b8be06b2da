import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { clockTime } from '../clock-time.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';

const shownOnDuty = 3;

/** 本班当值, where no roster says who should be: whoever checked in. */
export function OnDuty({ note }: { readonly note: string }): ReactElement {
  const { t } = useWords();
  const { onDuty, people } = useKiosk();
  const left = onDuty.length - shownOnDuty;
  if (onDuty.length === 0) {
    return (
      <div className="duty-nobody">
        <Icon name="clock" />
        <TwoLines textKey="home.nobody" />
        <p>{note}</p>
      </div>
    );
  }
  return (
    <div className="duty-people">
      <h2>{t('home.onDuty')}</h2>
      <ul>
        {onDuty.slice(0, shownOnDuty).map(({ personId, at }) => {
          const person = people.find((known) => known.personId === personId);
          return (
            <li key={personId}>
              <b>{person?.name ?? '—'}</b>
              <span>{t('home.since', { time: clockTime(at) })}</span>
            </li>
          );
        })}
      </ul>
      <p>{left > 0 ? t('home.more', { count: left }) : note}</p>
    </div>
  );
}
