import type { ReactElement } from 'react';
import { isDenied, proveByPin } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { NoPeople } from '../parts/NoPeople.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PeopleGrid } from '../parts/PeopleGrid.tsx';
import { PinEntry } from '../parts/PinEntry.tsx';
import { Switch } from '../parts/Switch.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { byPin, home, routeOf, type Go, type PinRoute } from '../route.ts';

interface Props {
  readonly route: PinRoute;
  readonly go: Go;
}

/** 密码签到: first the name, then six digits; a witness only where somebody switches it on. */
export function PinPage({ route, go }: Props): ReactElement {
  const { people } = useKiosk();
  const { personId, hasWitness, aim = 'check-in' } = route;
  if (personId !== null) return <OwnPinEntry route={route} personId={personId} go={go} />;
  return (
    <main className="page">
      <PageHead onBack={() => go(home)} hint={<TwoLines textKey={`duty.aim.${aim}`} />}>
        <TwoLines textKey="pin.who" />
      </PageHead>
      {people.length === 0 ? (
        <NoPeople />
      ) : (
        <PeopleGrid
          people={people}
          marks="none"
          onPick={(person) => go({ ...route, personId: person.personId })}
        />
      )}
      {aim !== 'hand-over' && (
        <Switch
          icon="people"
          textKey="pin.withWitness"
          isOn={hasWitness}
          onTurn={(isOn) => go({ ...byPin, aim, hasWitness: isOn })}
        />
      )}
    </main>
  );
}

function OwnPinEntry({ route, personId, go }: Props & { readonly personId: string }): ReactElement {
  const { people } = useKiosk();
  const { aim = 'check-in', hasWitness } = route;
  const name = people.find((person) => person.personId === personId)?.name ?? '';

  async function goOn(pin: string): Promise<string | null> {
    const own = { personId, pin };
    if (hasWitness) {
      go({ page: 'witness', own, witnessId: null, aim });
      return null;
    }
    const answer = await proveByPin(aim, own);
    if (isDenied(answer)) return answer.denied;
    go(routeOf(answer, aim));
    return null;
  }

  return (
    <PinEntry
      name={name}
      askKey="pin.enter"
      refused={route.refused}
      onBack={() => go({ ...byPin, aim, hasWitness })}
      onPin={goOn}
    />
  );
}
