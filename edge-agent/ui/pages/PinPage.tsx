import type { ReactElement } from 'react';
import { checkInByPin, isDenied } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { NoPeople } from '../parts/NoPeople.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PeopleGrid } from '../parts/PeopleGrid.tsx';
import { PinEntry } from '../parts/PinEntry.tsx';
import { Switch } from '../parts/Switch.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { byPin, home, type Go, type PinRoute } from '../route.ts';

interface Props {
  readonly route: PinRoute;
  readonly go: Go;
}

/** 密码签到: first the name, then six digits; a witness only where somebody switches it on. */
export function PinPage({ route, go }: Props): ReactElement {
  const { people } = useKiosk();
  const { personId, hasWitness } = route;
  if (personId !== null) return <OwnPinEntry route={route} personId={personId} go={go} />;
  return (
    <main className="page">
      <PageHead onBack={() => go(home)}>
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
      <Switch
        icon="people"
        textKey="pin.withWitness"
        isOn={hasWitness}
        onTurn={(isOn) => go({ ...byPin, hasWitness: isOn })}
      />
    </main>
  );
}

function OwnPinEntry({ route, personId, go }: Props & { readonly personId: string }): ReactElement {
  const { people } = useKiosk();
  const name = people.find((person) => person.personId === personId)?.name ?? '';

  async function goOn(pin: string): Promise<string | null> {
    const own = { personId, pin };
    if (route.hasWitness) {
      go({ page: 'witness', own, witnessId: null });
      return null;
    }
    const answer = await checkInByPin(own);
    if (isDenied(answer)) return answer.denied;
    go({ page: 'result', answer });
    return null;
  }

  return (
    <PinEntry
      name={name}
      askKey="pin.enter"
      refused={route.refused}
      onBack={() => go({ ...byPin, hasWitness: route.hasWitness })}
      onPin={goOn}
    />
  );
}
