import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { NoPeople } from '../parts/NoPeople.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PeopleGrid } from '../parts/PeopleGrid.tsx';
import { PinEntry } from '../parts/PinEntry.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Go } from '../route.ts';

interface Props {
  readonly personId: string | null;
  readonly go: Go;
}

/** 远程开启许可 is given: what it means, who gives it, and their PIN. */
export function LeavePage({ personId, go }: Props): ReactElement {
  const { t } = useWords();
  const { people } = useKiosk();
  if (personId === null) {
    return (
      <main className="page">
        <PageHead onBack={() => go({ page: 'meetings' })} hint={t('meeting.allowHint')}>
          <TwoLines textKey="pin.who" />
        </PageHead>
        {people.length === 0 ? (
          <NoPeople />
        ) : (
          <PeopleGrid
            people={people}
            marks="none"
            onPick={(person) => go({ page: 'meeting-leave', personId: person.personId })}
          />
        )}
      </main>
    );
  }
  return (
    <PinEntry
      name={people.find((person) => person.personId === personId)?.name ?? ''}
      askKey="meeting.allow"
      onBack={() => go({ page: 'meeting-leave', personId: null })}
      onPin={async (pin) => {
        const answer = await ask('/api/meetings/leave', { own: { personId, pin } });
        if (isDenied(answer)) return answer.denied;
        go({ page: 'meetings' });
        return null;
      }}
    />
  );
}
