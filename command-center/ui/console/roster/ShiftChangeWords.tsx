import { sidesOf, type NamedPerson, type ShiftChangeView } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { When } from '../parts/StatusWord.tsx';

/** 双方意见: what each said at the terminal and how, or who wrote it down, and when. */
export function ShiftChangeWords({ change }: { readonly change: ShiftChangeView }): ReactElement {
  const { t } = useWords();
  const { person, other, kind, decidedAt, decidedBy } = change;
  const { asked } = sidesOf({ kind, personId: person.personId, otherId: other.personId });
  const [asker, askedOne] = asked === person.personId ? [other, person] : [person, other];
  return (
    <span className="village-cell">
      <Noted name={asker.name} by={change.askedBy} at={change.askedAt} />
      <Said change={change} person={asker} />
      {change.agreedSaidBy === 'console' && change.agreedAt !== null && (
        <Noted name={askedOne.name} by={change.agreedBy} at={change.agreedAt} />
      )}
      <Said change={change} person={askedOne} />
      {change.state === 'asked' && (
        <span className="quiet">○ {t('roster.waitsFor', { name: askedOne.name })}</span>
      )}
      {decidedAt !== null && (
        <span className="quiet">
          {t('roster.decided')} {decidedBy} <When at={decidedAt} />
        </span>
      )}
    </span>
  );
}

interface NotedProps {
  readonly name: string;
  /** Login; null = that account is gone. */
  readonly by: string | null;
  readonly at: string;
}

/** An officer wrote it down. */
function Noted({ name, by, at }: NotedProps): ReactElement {
  const { t } = useWords();
  return (
    <span>
      ✓ {t('roster.noted', { name, login: by ?? '—' })} <When at={at} />
    </span>
  );
}

/** By that person, at the terminal; nothing where they have not. */
function Said({
  change,
  person: { personId, name },
}: {
  readonly change: ShiftChangeView;
  readonly person: NamedPerson;
}): ReactElement | null {
  const { t } = useWords();
  const word = change.words.find((each) => each.personId === personId);
  if (word === undefined) return null;
  const { answer, method, isLate, at } = word;
  const mark = isLate ? '–' : answer === 'agreed' ? '✓' : '✕';
  return (
    <span className={isLate ? 'quiet' : answer === 'declined' ? 'warn' : ''}>
      {mark} {t(`roster.said.${answer}`, { name })} · {t(`method.${method}`)} <When at={at} />
      {isLate && <span className="tag">{t('roster.saidLate')}</span>}
    </span>
  );
}
