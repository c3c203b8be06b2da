import { peoplePerVillage, type PersonView } from '@sightline/contracts';
import { EmptyState } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { refuseMore } from '#domain/people.ts';
import { useMay } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { AddPersonForm } from './AddPersonForm.tsx';
import { PersonRow } from './PersonRow.tsx';
import { usePeople } from './use-people.ts';

/** 村干部: who may stand duty here. */
export function PeopleSection({ region }: { readonly region: string }): ReactElement {
  const { t } = useTranslation();
  const { data: people, error, isPending } = usePeople(region);
  const [isAdding, setAdding] = useState(false);
  return (
    <section className="section" aria-label={t('people.title')}>
      <header className="section-head">
        <h3>
          {t('people.title')}{' '}
          <span className="quiet">
            {people?.length ?? '–'} / {peoplePerVillage}
          </span>
        </h3>
        <span className="actions">
          {people !== undefined && people.length > 0 && (
            <ExportButton
              list={`villages/${region}/people`}
              query="purpose=roster-upkeep"
              isPersonal
              hasKey={false}
            />
          )}
          {!isAdding && <AddButton people={people} onClick={() => setAdding(true)} />}
        </span>
      </header>
      {isAdding && <AddPersonForm region={region} onDone={() => setAdding(false)} />}
      <ProblemLine problem={error} />
      {!isPending && people?.length === 0 && !isAdding && (
        <EmptyState title={t('people.none')} whatToDo={t('people.noneWhat')} />
      )}
      <ul className="people">
        {people?.map((person) => (
          <PersonRow key={person.personId} person={person} region={region} />
        ))}
      </ul>
      <p className="fine">{t('people.audited')}</p>
    </section>
  );
}

interface ButtonProps {
  readonly people: readonly PersonView[] | undefined;
  readonly onClick: () => void;
}

function AddButton({ people, onClick }: ButtonProps): ReactElement {
  const { t } = useTranslation();
  const mayChange = useMay('change-people');
  const refusal = refuseMore(people?.length ?? 0);
  const reason = !mayChange
    ? t('reason.role')
    : refusal === null
      ? null
      : t(`problem.${refusal.code}`);
  return (
    <ActButton onClick={onClick} reason={reason} kind="main">
      {t('people.add')}
    </ActButton>
  );
}
