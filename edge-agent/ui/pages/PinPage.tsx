import { useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { checkInByPin, isDenied } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { DigitPad } from '../parts/DigitPad.tsx';
import { NoPeople } from '../parts/NoPeople.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { PeopleGrid } from '../parts/PeopleGrid.tsx';
import { RefusalText } from '../parts/RefusalText.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';

interface Props {
  readonly personId: string | null;
  readonly go: Go;
}

/** 密码签到: first the name, then six digits. */
export function PinPage({ personId, go }: Props): ReactElement {
  const { people } = useKiosk();
  if (personId !== null) return <PinEntry personId={personId} go={go} />;
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
          onPick={(person) => go({ page: 'pin', personId: person.personId })}
        />
      )}
    </main>
  );
}

const pinLength = 6;

function PinEntry({ personId, go }: { readonly personId: string; readonly go: Go }): ReactElement {
  const { t } = useWords();
  const { people } = useKiosk();
  const [pin, setPin] = useState('');
  const [isAsking, setAsking] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const name = people.find((person) => person.personId === personId)?.name ?? '';

  async function type(next: string): Promise<void> {
    setPin(next);
    setRefused(null);
    if (next.length < pinLength) return;
    setAsking(true);
    const answer = await checkInByPin(personId, next);
    setAsking(false);
    setPin('');
    if (isDenied(answer)) setRefused(answer.denied);
    else go({ page: 'result', answer });
  }

  return (
    <main className="page">
      <PageHead
        onBack={() => go({ page: 'pin', personId: null })}
        hint={<TwoLines textKey="pin.enter" />}
      >
        {t('pin.forName', { name })}
      </PageHead>
      <DigitPad
        value={pin}
        length={pinLength}
        isSecret
        isOff={isAsking}
        onChange={(value) => void type(value)}
      >
        <RefusalText code={refused} />
      </DigitPad>
    </main>
  );
}
