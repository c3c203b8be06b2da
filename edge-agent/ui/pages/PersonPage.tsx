import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { RefusalText } from '../parts/RefusalText.tsx';
import { Tile } from '../parts/Tile.tsx';
import type { Go } from '../route.ts';

interface Props {
  readonly personId: string;
  readonly go: Go;
}

/** One person: enrol the face, set the PIN. */
export function PersonPage({ personId, go }: Props): ReactElement {
  const { t } = useWords();
  const { people, faceEnabled, parts } = useKiosk();
  const person = people.find((known) => known.personId === personId);
  const canSee = parts.find(({ name }) => name === 'faces')?.state !== 'down';
  const why = faceEnabled ? 'face-unavailable' : 'face-disabled';
  return (
    <main className="page">
      <PageHead onBack={() => go({ page: 'people' })} hint={person?.post}>
        {person?.name ?? ''}
      </PageHead>
      <div className="person-ways">
        {faceEnabled && canSee && (
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
      </div>
      {faceEnabled && canSee ? null : <RefusalText code={why} />}
      <p className="page-note">{t('people.vouch')}</p>
    </main>
  );
}
