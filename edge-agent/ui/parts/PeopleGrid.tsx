import type { KioskState } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { Icon } from './Icon.tsx';

type Person = KioskState['people'][number];

interface Props {
  readonly people: readonly Person[];
  /** What each person's row says beside the name. */
  readonly marks: 'none' | 'methods';
  readonly onPick: (person: Person) => void;
}

/** The village's people, each a place to touch. */
export function PeopleGrid({ people, marks, onPick }: Props): ReactElement {
  const { t } = useWords();
  return (
    <div className="people">
      {people.map((person) => (
        <button
          key={person.personId}
          type="button"
          className="person"
          onClick={() => onPick(person)}
        >
          <span className="person-name">
            <b>{person.name}</b>
            <small>{person.post}</small>
            {marks === 'methods' && person.isAsked && (
              <small className="person-asked">{t('shiftChange.asked')}</small>
            )}
          </span>
          {marks === 'methods' && <Methods person={person} />}
        </button>
      ))}
    </div>
  );
}

export function Methods({ person }: { readonly person: Person }): ReactElement {
  const { t } = useWords();
  return (
    <span className="methods">
      <span
        className={person.hasFace ? 'method method-there' : 'method'}
        role="img"
        aria-label={t(person.hasFace ? 'people.hasFace' : 'people.noFace')}
      >
        <Icon name="face" />
      </span>
      <span
        className={person.hasPin ? 'method method-there' : 'method'}
        role="img"
        aria-label={t(person.hasPin ? 'people.hasPin' : 'people.noPin')}
      >
        <Icon name="pin" />
      </span>
    </span>
  );
}
