import { useState, type ReactElement } from 'react';
import { ask, isDenied, type OwnPin } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { NoPeople } from '../parts/NoPeople.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PeopleGrid } from '../parts/PeopleGrid.tsx';
import { PinEntry } from '../parts/PinEntry.tsx';
import { Switch } from '../parts/Switch.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { playTone } from '../sound/tone.ts';

interface Props {
  readonly meetingId: string;
  readonly round: number;
  readonly onBack: (textKey: null) => void;
}

/** 密码应答, with a witness or without: names, then six digits each. */
export function RollCallPin({ meetingId, round, onBack }: Props): ReactElement {
  const { people } = useKiosk();
  const [hasWitness, setWitness] = useState(false);
  const [own, setOwn] = useState<OwnPin | null>(null);
  const [personId, setPerson] = useState<string | null>(null);
  const isWitness = own !== null;
  const choices = isWitness
    ? people.filter((person) => person.hasPin && person.personId !== own.personId)
    : people;
  const startAgain = (): void => {
    setOwn(null);
    setPerson(null);
  };

  async function take(pin: string): Promise<string | null> {
    if (personId === null) return null;
    const said = { personId, pin };
    if (!isWitness && hasWitness) {
      setOwn(said);
      setPerson(null);
      return null;
    }
    const body = own === null ? said : { ...own, witness: said };
    const answer = await ask('/api/meetings/present/pin', { meetingId, round, ...body });
    if (!isDenied(answer)) {
      playTone('good');
      return null;
    }
    // The own PIN was the wrong one: it is asked for again.
    if (own !== null && !answer.denied.startsWith('witness-')) startAgain();
    return answer.denied;
  }

  if (personId !== null) {
    return (
      <PinEntry
        key={`${isWitness} ${personId}`}
        name={people.find((person) => person.personId === personId)?.name ?? ''}
        askKey={isWitness ? 'pin.witnessEnter' : 'pin.enter'}
        onBack={() => setPerson(null)}
        onPin={take}
      />
    );
  }
  return (
    <div className="page">
      <PageHead onBack={() => (isWitness ? startAgain() : onBack(null))}>
        <TwoLines textKey={isWitness ? 'pin.witnessWho' : 'pin.who'} />
      </PageHead>
      {choices.length === 0 ? (
        <NoPeople />
      ) : (
        <PeopleGrid people={choices} marks="none" onPick={(person) => setPerson(person.personId)} />
      )}
      {!isWitness && (
        <Switch icon="people" textKey="pin.withWitness" isOn={hasWitness} onTurn={setWitness} />
      )}
    </div>
  );
}
