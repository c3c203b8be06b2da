import { EmptyState, useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { checkInByPin, isDenied, type OwnPin } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { PeopleGrid } from '../parts/PeopleGrid.tsx';
import { PinEntry } from '../parts/PinEntry.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { byPin, type Go } from '../route.ts';

interface Props {
  readonly own: OwnPin;
  readonly witnessId: string | null;
  readonly go: Go;
}

/** 见证: a second person of the village stands beside and says so with a PIN of their own. */
export function WitnessPage({ own, witnessId, go }: Props): ReactElement {
  const { people } = useKiosk();
  const ask = useWitnessedCheckIn(own, go);
  if (witnessId === null) return <WitnessChoice own={own} go={go} />;
  return (
    <PinEntry
      name={people.find(({ personId }) => personId === witnessId)?.name ?? ''}
      askKey="pin.witnessEnter"
      onBack={() => go({ page: 'witness', own, witnessId: null })}
      onPin={(pin) => ask({ personId: witnessId, pin })}
    />
  );
}

function WitnessChoice({ own, go }: Omit<Props, 'witnessId'>): ReactElement {
  const { t } = useWords();
  const { people } = useKiosk();
  const [isAsking, setAsking] = useState(false);
  const ask = useWitnessedCheckIn(own, go);
  const others = people.filter(({ personId, hasPin }) => hasPin && personId !== own.personId);

  async function goAlone(): Promise<void> {
    if (isAsking) return;
    setAsking(true);
    await ask();
    setAsking(false);
  }

  return (
    <main className="page">
      <PageHead onBack={() => go({ ...byPin, hasWitness: true })}>
        <TwoLines textKey="pin.witnessWho" />
      </PageHead>
      {others.length === 0 ? (
        <EmptyState title={t('pin.witnessNone')} whatToDo={t('pin.witnessNoneHint')} />
      ) : (
        <PeopleGrid
          people={others}
          marks="none"
          onPick={({ personId }) => go({ page: 'witness', own, witnessId: personId })}
        />
      )}
      <Tile icon="pin" textKey="pin.noWitness" onPress={() => void goAlone()} />
    </main>
  );
}

/** Checks in; a "no" about the own PIN goes back to it, one about the witness's is the answer. */
function useWitnessedCheckIn(own: OwnPin, go: Go): (witness?: OwnPin) => Promise<string | null> {
  const { personId } = own;
  return async (witness) => {
    const answer = await checkInByPin(own, witness);
    if (!isDenied(answer)) go({ page: 'result', answer });
    else if (witness !== undefined && answer.denied.startsWith('witness-')) return answer.denied;
    else go({ page: 'pin', personId, hasWitness: true, refused: answer.denied });
    return null;
  };
}
