import type { RosterPersonView } from '@sightline/contracts';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { PersonSelect } from './PersonSelect.tsx';
import { useRosterCommand } from './use-roster.ts';

interface Props {
  readonly region: string;
  readonly people: readonly RosterPersonView[];
}

interface Entered {
  readonly personId: string | null;
  readonly from: string;
  readonly to: string;
}

const nothing: Entered = { personId: null, from: '', to: '' };

/** Writes down that somebody is away: who, and from which day to which. */
export function EnterAbsence({ region, people }: Props): ReactElement {
  const { t } = useTranslation();
  const may = useMay('change-roster');
  const [entered, setEntered] = useState(nothing);
  const send = useRosterCommand<{ readonly state: string }>();
  const { personId, from, to } = entered;
  const set = (part: Partial<Entered>) => setEntered({ ...entered, ...part });
  const isWhole = personId !== null && from !== '' && to !== '';
  const submit = async () => {
    const body = { region, absenceId: crypto.randomUUID(), personId, from, to };
    const done = await send.run({ method: 'POST', url: '/api/absences', body });
    if (done !== null) setEntered(nothing);
  };
  return (
    <div className="absence-form">
      <PersonSelect
        people={people}
        word={t('absences.person')}
        label={t('absences.person')}
        none={t('absences.choose')}
        value={personId}
        onChange={(chosen) => set({ personId: chosen })}
      />
      <label className="day-field">
        <span>{t('absences.from')}</span>
        <input
          type="date"
          value={from}
          onChange={({ target }) =>
            set({ from: target.value, to: to < target.value ? target.value : to })
          }
        />
      </label>
      <label className="day-field">
        <span>{t('absences.to')}</span>
        <input
          type="date"
          value={to}
          min={from}
          onChange={({ target }) => set({ to: target.value })}
        />
      </label>
      <ActButton
        kind="main"
        reason={may ? (isWhole ? null : t('absences.chooseAll')) : t('reason.role')}
        isRunning={send.isRunning}
        onClick={() => void submit()}
      >
        {t('absences.enter')}
      </ActButton>
      <ProblemLine problem={send.problem} />
    </div>
  );
}
