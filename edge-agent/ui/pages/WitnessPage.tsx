import { useState, type ReactElement } from 'react';
import { isDenied, proveByPin, type OwnPin } from '../link/api.ts';
import { Tile } from '../parts/Tile.tsx';
import { WitnessEntry } from '../parts/WitnessEntry.tsx';
import type { Aim } from '../aim.ts';
import { byPin, routeOf, type Go, type Route } from '../route.ts';

interface Props {
  readonly route: Extract<Route, { page: 'witness' }>;
  readonly go: Go;
}

/** A check-in or -out by PIN with a witness, or alone after all. */
export function WitnessPage({ route, go }: Props): ReactElement {
  const [isAsking, setAsking] = useState(false);
  const { own, aim, witnessId } = route;
  const ask = useWitnessed(route, go);

  async function goAlone(): Promise<void> {
    if (isAsking) return;
    setAsking(true);
    await ask();
    setAsking(false);
  }

  return (
    <WitnessEntry
      ownId={own.personId}
      witnessId={witnessId}
      onChoose={(chosen) => go({ ...route, witnessId: chosen })}
      onBack={() => go({ ...byPin, aim, hasWitness: true })}
      onWitness={ask}
    >
      <Tile icon="pin" textKey="pin.noWitness" onPress={() => void goAlone()} />
    </WitnessEntry>
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
