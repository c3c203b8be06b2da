import { EmptyState, useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { isDenied, proveByPin, type OwnPin } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { PeopleGrid } from '../parts/PeopleGrid.tsx';
import { PinEntry } from '../parts/PinEntry.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Aim } from '../aim.ts';
import { byPin, routeOf, type Go, type Route } from '../route.ts';

interface Props {
  readonly route: Extract<Route, { page: 'witness' }>;
  readonly go: Go;
}

/** 见证: a second person of the village stands beside and says so with a PIN of their own. */
export function WitnessPage({ route, go }: Props): ReactElement {
  const { people } = useKiosk();
  const { witnessId } = route;
  const ask = useWitnessed(route, go);
  if (witnessId === null) return <WitnessChoice route={route} go={go} />;
  return (
    <PinEntry
      name={people.find(({ personId }) => personId === witnessId)?.name ?? ''}
      askKey="pin.witnessEnter"
      onBack={() => go({ ...route, witnessId: null })}
      onPin={(pin) => ask({ personId: witnessId, pin })}
    />
  );
}

function WitnessChoice({ route, go }: Props): ReactElement {
  const { t } = useWords();
  const { people } = useKiosk();
  const [isAsking, setAsking] = useState(false);
  const { own, aim } = route;
  const ask = useWitnessed(route, go);
  const others = people.filter(({ personId, hasPin }) => hasPin && personId !== own.personId);

  async function goAlone(): Promise<void> {
    if (isAsking) return;
    setAsking(true);
    await ask();
    setAsking(false);
  }

  return (
    <main className="page">
      <PageHead onBack={() => go({ ...byPin, aim, hasWitness: true })}>
        <TwoLines textKey="pin.witnessWho" />
      </PageHead>
      {others.length === 0 ? (
        <EmptyState title={t('pin.witnessNone')} whatToDo={t('pin.witnessNoneHint')} />
      ) : (
        <PeopleGrid
          people={others}
          marks="none"
          onPick={({ personId }) => go({ ...route, witnessId: personId })}
        />
      )}
      <Tile icon="pin" textKey="pin.noWitness" onPress={() => void goAlone()} />
    </main>
  );
}

/** Checks in or out; a "no" about the own PIN goes back to it, one about the witness's is the answer. */
function useWitnessed(
  { own, aim = 'check-in' }: { readonly own: OwnPin; readonly aim?: Aim | undefined },
  go: Go,
): (witness?: OwnPin) => Promise<string | null> {
  const { personId } = own;
  return async (witness) => {
    const answer = await proveByPin(aim, own, witness);
    if (!isDenied(answer)) go(routeOf(answer, aim));
    else if (witness !== undefined && answer.denied.startsWith('witness-')) return answer.denied;
    else go({ page: 'pin', personId, hasWitness: true, aim, refused: answer.denied });
    return null;
  };
}
