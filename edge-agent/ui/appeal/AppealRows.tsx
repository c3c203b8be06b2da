import type { OwnAppeal } from '@sightline/contracts';
import { dateAt, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { Icon, type IconName } from '../parts/Icon.tsx';
import { DutyWords } from './DutyWords.tsx';

const icons: Readonly<Record<OwnAppeal['state'], IconName>> = {
  waiting: 'clock',
  upheld: 'check',
  'turned-down': 'no',
  joined: 'speech',
};

/** 我的申诉: each with why it was said, where it stands, and what two people decided. */
export function AppealRows({ appeals }: { readonly appeals: readonly OwnAppeal[] }): ReactElement {
  const { t } = useWords();
  return (
    <>
      {appeals.map(({ appealId, duty, reason, at, state, outcome }) => (
        <li key={appealId}>
          <span className="own-duty-what">
            <DutyWords duty={duty} />
            <span className="own-duty-known">
              {t('ownDuties.appealedOn', {
                day: shortDay(at),
                reason: t(`appeal.reason.${reason}`),
              })}
            </span>
          </span>
          <span className={`own-duty-said appeal-${state}`}>
            <Icon name={icons[state]} />
            <span className="own-duty-what">
              {t(`ownDuties.appealState.${state}`, {
                verdict: outcome === null ? '' : t(`ownDuties.verdict.${outcome.verdict}`),
              })}
              {outcome !== null && (
                <small>
                  {t('ownDuties.decidedOn', {
                    day: shortDay(outcome.decidedAt),
                    reason: t(`appeal.reason.${outcome.why}`),
                  })}
                </small>
              )}
            </span>
          </span>
        </li>
      ))}
    </>
  );
}

/** 11-22, as duties have it. */
function shortDay(instant: string): string {
  return dateAt(Temporal.Instant.from(instant)).toString().slice(5);
}
