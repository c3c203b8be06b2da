import { useState, type ReactElement } from 'react';
import { ask, isDenied, type OwnPin } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { NoPeople } from '../parts/NoPeople.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PeopleGrid } from '../parts/PeopleGrid.tsx';
import { PinEntry } from '../parts/PinEntry.tsx';
import { Switch } from '../parts/Switch.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { WitnessEntry } from '../parts/WitnessEntry.tsx';
import { playTone } from '../sound/tone.ts';

interface Props {
  readonly meetingId: string;
  readonly round: number;
  readonly onBack: (textKey: null) => void;
}

/** 密码应答, with a witness or without: names, then six digits each. */
export function RollCallPin({ meetingId, round, onBack }: Props): ReactElement {
  const { people } = useKiosk();
  const [hasWitness, setWithWitness] = useState(false);
  /** Typed, and not asked for again: the witness's turn. */
  const [own, setOwn] = useState<OwnPin | null>(null);
  const [personId, setPerson] = useState<string | null>(null);
  const [witnessId, setWitness] = useState<string | null>(null);
  const startAgain = (): void => {
    setOwn(null);
    setPerson(null);
    setWitness(null);
  };

  async function answer(said: OwnPin, witness?: OwnPin): Promise<string | null> {
    const body = { meetingId, round, ...said, ...(witness === undefined ? {} : { witness }) };
    const answered = await ask('/api/meetings/present/pin', body);
    if (isDenied(answered)) return answered.denied;
    playTone('good');
    return null;
  }

  async function takeOwn(said: OwnPin): Promise<string | null> {
    if (!hasWitness) return answer(said);
    setOwn(said);
    return null;
  }

  async function takeWitness(said: OwnPin, witness: OwnPin): Promise<string | null> {
    const code = await answer(said, witness);
    // The own PIN was the wrong one: it is asked for again.
    if (code !== null && !code.startsWith('witness-')) startAgain();
    return code;
  }

  if (own !== null) {
    return (
      <WitnessEntry
        ownId={own.personId}
        witnessId={witnessId}
        onChoose={setWitness}
        onBack={startAgain}
        onWitness={(witness) => takeWitness(own, witness)}
      />
    );
  }
  if (personId !== null) {
    return (
      <PinEntry
        name={people.find((person) => person.personId === personId)?.name ?? ''}
        askKey="pin.enter"
        onBack={() => setPerson(null)}
        onPin={(pin) => takeOwn({ personId, pin })}
      />
    );
  }
  return (
    <main className="page">
      <PageHead onBack={() => onBack(null)}>
        <TwoLines textKey="pin.who" />
      </PageHead>
      {people.length === 0 ? (
        <NoPeople />
      ) : (
        <PeopleGrid people={people} marks="none" onPick={(person) => setPerson(person.personId)} />
      )}
      <Switch icon="people" textKey="pin.withWitness" isOn={hasWitness} onTurn={setWithWitness} />
    </main>
  );
}
