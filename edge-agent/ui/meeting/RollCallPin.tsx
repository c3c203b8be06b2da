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
  const [hasWitness, setWitness] = useState(false);
  const [personId, setPerson] = useState<string | null>(null);
  const [own, setOwn] = useState<OwnPin | null>(null);
  const [witnessId, setWitnessId] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | undefined>();

  async function answer(own: OwnPin, witness?: OwnPin): Promise<string | null> {
    const body = { ...own, ...(witness === undefined ? {} : { witness }) };
    const said = await ask('/api/meetings/present/pin', { meetingId, round, ...body });
    if (isDenied(said)) return said.denied;
    playTone('good');
    return null;
  }

  async function takeOwn(pin: string): Promise<string | null> {
    if (personId === null) return null;
    if (!hasWitness) return answer({ personId, pin });
    setOwn({ personId, pin });
    return null;
  }

  async function takeWitness(of: OwnPin, witness: OwnPin): Promise<string | null> {
    const code = await answer(of, witness);
    if (code === null || code.startsWith('witness-')) return code;
    // The own PIN was the wrong one: it is asked for again.
    setRefused(code);
    setOwn(null);
    setWitnessId(null);
    return null;
  }

  if (own !== null) {
    return (
      <WitnessEntry
        as="div"
        ownId={own.personId}
        witnessId={witnessId}
        onChoose={setWitnessId}
        onBack={() => setOwn(null)}
        onWitness={(witness) => takeWitness(own, witness)}
      />
    );
  }
  if (personId !== null) {
    return (
      <PinEntry
        name={people.find((person) => person.personId === personId)?.name ?? ''}
        as="div"
        askKey="pin.enter"
        refused={refused}
        onBack={() => setPerson(null)}
        onPin={takeOwn}
      />
    );
  }
  return (
    <div className="page">
      <PageHead onBack={() => onBack(null)}>
        <TwoLines textKey="pin.who" />
      </PageHead>
      {people.length === 0 ? (
        <NoPeople />
      ) : (
        <PeopleGrid people={people} marks="none" onPick={(person) => setPerson(person.personId)} />
      )}
      <Switch icon="people" textKey="meeting.byPinWitness" isOn={hasWitness} onTurn={setWitness} />
    </div>
  );
}
