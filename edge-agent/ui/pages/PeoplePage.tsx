import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { NoPeople } from '../parts/NoPeople.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PeopleGrid } from '../parts/PeopleGrid.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';

/** 人员录入: whose face or PIN. */
export function PeoplePage({ go }: { readonly go: Go }): ReactElement {
  const { t } = useWords();
  const { people } = useKiosk();
  return (
    <main className="page">
      <PageHead onBack={() => go(home)} hint={t('people.hint')}>
        <TwoLines textKey="people.title" />
      </PageHead>
      {people.length === 0 ? (
        <NoPeople />
      ) : (
        <PeopleGrid
          people={people}
          marks="methods"
          onPick={({ personId }) => go({ page: 'person', personId })}
        />
      )}
      <button type="button" className="page-foot" onClick={() => go({ page: 'self-test' })}>
        <Icon name="camera" />
        {t('selfTest.open')}
      </button>
    </main>
  );
}
