import { useState, type ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { RefusalText } from '../parts/RefusalText.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';
import { ItemList } from './ItemList.tsx';
import { useItems } from './use-items.ts';

interface Props {
  readonly pass: string;
  readonly go: Go;
}

/** 接班: what is open is read, heard and accepted before anything else. Who walks away leaves it waiting. */
export function AcceptStep({ pass, go }: Props): ReactElement {
  const { items, denied } = useItems(pass);
  const [refused, setRefused] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const waiting = (items ?? []).filter(({ isWaiting }) => isWaiting);
  const code = denied ?? refused;

  async function accept(): Promise<void> {
    setSending(true);
    const itemIds = waiting.map(({ itemId }) => itemId);
    const answer = await ask('/api/hand-over/accept', { pass, itemIds });
    setSending(false);
    if (isDenied(answer)) setRefused(answer.denied);
    else go(home);
  }

  return (
    <main className="page hand-over">
      <div className="page-title">
        <h2>
          <TwoLines textKey="handOver.acceptTitle" />
        </h2>
      </div>
      <ItemList items={waiting} pass={pass} />
      {code !== null && <RefusalText code={code} />}
      <div className="hand-over-foot">
        {code === null ? (
          <button
            type="button"
            className="way way-main"
            disabled={isSending || waiting.length === 0}
            onClick={() => void accept()}
          >
            <TwoLines textKey="handOver.accept" values={{ count: waiting.length }} />
          </button>
        ) : (
          <Tile icon="back" textKey="button.back" onPress={() => go(home)} />
        )}
      </div>
    </main>
  );
}
