import type { OwnAbsence } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { Icon, type IconName } from '../parts/Icon.tsx';

const icons: Readonly<Record<OwnAbsence['state'], IconName>> = {
  waiting: 'clock',
  approved: 'check',
  refused: 'no',
  withdrawn: 'erase',
};

/** 11-25 — 11-27, the days in digits: the same in every language. */
export function AwayDays({ absence }: { readonly absence: OwnAbsence }): ReactElement {
  const { from, to } = absence;
  return <>{from === to ? from.slice(5) : `${from.slice(5)} — ${to.slice(5)}`}</>;
}

/** 我的外出: each with its days and where it stands. */
export function AwayRows({ absences }: { readonly absences: readonly OwnAbsence[] }): ReactElement {
  const { t } = useWords();
  return (
    <>
      {absences.map((absence) => (
        <li key={absence.absenceId}>
          <b>
            <AwayDays absence={absence} />
          </b>
          <span className={`own-duty-said away-${absence.state}`}>
            <Icon name={icons[absence.state]} />
            {t(`absence.state.${absence.state}`)}
          </span>
        </li>
      ))}
    </>
  );
}
