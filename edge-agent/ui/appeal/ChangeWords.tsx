import type { OwnShiftChange, ShiftChangeAsk } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { clockTime } from '../clock-time.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { isWaitingFor } from './appeal-route.ts';
import { DutyWords } from './DutyWords.tsx';

/** The name of somebody of the village's list. */
export function useNameOf(): (personId: string) => string {
  const { people } = useKiosk();
  return (id) => people.find(({ personId }) => personId === id)?.name ?? '';
}

/** 扎西请假，由央金代班. */
export function ChangeWhat({ ask }: { readonly ask: ShiftChangeAsk }): ReactElement {
  const { t } = useWords();
  const nameOf = useNameOf();
  const names = { holder: nameOf(ask.personId), other: nameOf(ask.otherId) };
  return <>{t(`shiftChange.what.${ask.kind}`, names)}</>;
}

/** Each duty that would pass, and from whom to whom. */
export function PassingDuties({ ask }: { readonly ask: ShiftChangeAsk }): ReactElement {
  const nameOf = useNameOf();
  const { personId, otherId, duty } = ask;
  const passing = [
    { duty, from: personId, to: otherId },
    ...(ask.kind === 'swap' ? [{ duty: ask.otherDuty, from: otherId, to: personId }] : []),
  ];
  return (
    <ul className="passing">
      {passing.map((each) => (
        <li key={`${each.duty.post} ${each.duty.day} ${each.duty.span}`}>
          <DutyWords duty={each.duty} />
          <span>
            {nameOf(each.from)} → <strong>{nameOf(each.to)}</strong>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Where it stands, and what this person said; the other one by name. */
export function ChangeState({ change }: { readonly change: OwnShiftChange }): ReactElement {
  const { t } = useWords();
  const { state, own } = change;
  const isYours = isWaitingFor(change);
  return (
    <>
      {t(`shiftChange.state.${isYours ? 'yours' : state}`)}
      {own !== null && (
        <>
          {' · '}
          {own.isLate
            ? t('shiftChange.late')
            : t(`shiftChange.own.${own.answer}`, { time: clockTime(own.at) })}
        </>
      )}
    </>
  );
}
