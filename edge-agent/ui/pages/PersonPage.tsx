import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { useFaceTrouble } from '../link/use-face-trouble.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { RefusalText } from '../parts/RefusalText.tsx';
import { Tile } from '../parts/Tile.tsx';
import type { Go } from '../route.ts';

interface Props {
  readonly personId: string;
  readonly go: Go;
}

/** One person: enrol the face, set the PIN, take the consent back. */
export function PersonPage({ personId, go }: Props): ReactElement {
  const { t } = useWords();
  const { people } = useKiosk();
  const trouble = useFaceTrouble();
  const person = people.find((known) => known.personId === personId);
  return (
    <main className="page">
      <PageHead onBack={() => go({ page: 'people' })} hint={person?.post}>
        {person?.name ?? ''}
      </PageHead>
      <div className="person-ways">
        {trouble === null && (
          <Tile
            icon="face"
            textKey={person?.hasFace === true ? 'people.enrolAgain' : 'people.enrolFace'}
            tone="main"
            onPress={() => go({ page: 'consent', personId })}
          />
        )}
        <Tile
          icon="pin"
          textKey={person?.hasPin === true ? 'people.changePin' : 'people.setPin'}
          onPress={() => go({ page: 'code', personId, purpose: 'set-pin' })}
        />
        {person?.hasFace === true && (
          <Tile
            icon="withdraw"
            textKey="people.withdraw"
            onPress={() => go({ page: 'withdraw', personId, isSure: false })}
          />
        )}
        <Tile
          icon="calendar"
          textKey="ownDuties.open"
          onPress={() => go({ page: 'own-duties', step: 'pin', personId })}
        />
        <Tile
          icon="eye"
          textKey="readings.open"
          onPress={() => go({ page: 'readings', personId, readings: null })}
        />
      </div>
      <RefusalText code={trouble} />
      {person?.faceWithdrawn === true && <p className="page-note">{t('people.faceWithdrawn')}</p>}
      <p className="page-note">{t('people.vouch')}</p>
    </main>
  );
}
