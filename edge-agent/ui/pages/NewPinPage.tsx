import { useState, type ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { DigitPad } from '../parts/DigitPad.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Go } from '../route.ts';

interface Props {
  readonly personId: string;
  readonly code: string;
  readonly go: Go;
}

const pinLength = 6;

/** A new PIN, typed twice. */
export function NewPinPage({ personId, code, go }: Props): ReactElement {
  const { people } = useKiosk();
  const [first, setFirst] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const [differs, setDiffers] = useState(false);
  const name = people.find((person) => person.personId === personId)?.name ?? '';

  async function type(next: string): Promise<void> {
    setTyped(next);
    if (next.length < pinLength) return;
    setTyped('');
    if (first === null) {
      setFirst(next);
      setDiffers(false);
    } else if (first === next) await save(next);
    else {
      setFirst(null);
      setDiffers(true);
    }
  }

  async function save(pin: string): Promise<void> {
    const answer = await ask('/api/pin', { personId, code, pin });
    if (!isDenied(answer)) go({ page: 'result', answer: { outcome: 'pin-set', personId } });
    else {
      const { denied, detail } = answer;
      go({ page: 'result', answer: { outcome: 'refused', code: denied, detail } });
    }
  }

  return (
    <main className="page">
      <PageHead onBack={() => go({ page: 'person', personId })} hint={name}>
        <TwoLines textKey={first === null ? 'pin.enterNew' : 'pin.repeat'} />
      </PageHead>
      <DigitPad value={typed} length={pinLength} isSecret onChange={(value) => void type(value)}>
        <div className="refusal" role="alert">
          {differs && typed === '' && <TwoLines textKey="pin.differs" />}
        </div>
      </DigitPad>
    </main>
  );
}
