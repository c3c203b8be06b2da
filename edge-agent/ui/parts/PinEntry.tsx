import { useState, type ReactElement } from 'react';
import { DigitPad } from './DigitPad.tsx';
import { PageHead } from './PageHead.tsx';
import { RefusalText } from './RefusalText.tsx';
import { TwoLines } from './TwoLines.tsx';

interface Props {
  /** Whose PIN. */
  readonly name: string;
  readonly askKey: string;
  /** Why it is asked for once more. */
  readonly refused?: string | undefined;
  /** `div` where it stands within a page. */
  readonly as?: 'main' | 'div';
  readonly onBack: () => void;
  /** Six digits were typed; answers the code of a refusal, or null when the page goes on. */
  readonly onPin: (pin: string) => Promise<string | null>;
}

const pinLength = 6;

/** A page that asks somebody for their own PIN. */
export function PinEntry(props: Props): ReactElement {
  const { name, askKey, refused, as: Frame = 'main', onBack, onPin } = props;
  const [pin, setPin] = useState('');
  const [isAsking, setAsking] = useState(false);
  const [why, setWhy] = useState(refused ?? null);

  async function type(next: string): Promise<void> {
    setPin(next);
    setWhy(null);
    if (next.length < pinLength) return;
    setAsking(true);
    const code = await onPin(next);
    setAsking(false);
    setPin('');
    setWhy(code);
  }

  return (
    <Frame className="page">
      <PageHead onBack={onBack} hint={<TwoLines textKey={askKey} />}>
        {name}
      </PageHead>
      <DigitPad
        value={pin}
        length={pinLength}
        isSecret
        isOff={isAsking}
        onChange={(value) => void type(value)}
      >
        <RefusalText code={why} />
      </DigitPad>
    </Frame>
  );
}
