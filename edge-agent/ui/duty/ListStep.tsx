import type { KioskHandOverItem } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { Icon } from '../parts/Icon.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RefusalText } from '../parts/RefusalText.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';
import { newHandOver } from './hand-over-draft.ts';
import { ItemList } from './ItemList.tsx';
import { useItems } from './use-items.ts';

interface Props {
  readonly pass: string;
  readonly go: Go;
}

/** 交接事项 of whoever is on duty: accepted, done, or one more left. */
export function ListStep({ pass, go }: Props): ReactElement {
  const { t } = useWords();
  const { items, denied } = useItems(pass);
  const [refused, setRefused] = useState<string | null>(null);

  async function act(path: 'accept' | 'done', { itemId }: KioskHandOverItem): Promise<void> {
    const body = path === 'accept' ? { pass, itemIds: [itemId] } : { pass, itemId };
    const answer = await ask(`/api/hand-over/${path}`, body);
    setRefused(isDenied(answer) ? answer.denied : null);
  }

  return (
    <main className="page hand-over">
      <PageHead onBack={() => go(home)}>
        <TwoLines textKey="handOver.title" />
      </PageHead>
      {items?.length === 0 && denied === null ? (
        <p className="page-note">{t('handOver.none')}</p>
      ) : (
        <ItemList
          items={items ?? []}
          pass={pass}
          actsOf={(item) => <Act item={item} onAct={(path) => void act(path, item)} />}
        />
      )}
      <RefusalText code={denied ?? refused} />
      <div className="hand-over-foot">
        <button
          type="button"
          className="way"
          onClick={() => go({ page: 'hand-over', step: 'leave', pass, draft: newHandOver() })}
        >
          <Icon name="handOver" />
          <TwoLines textKey="handOver.something" />
        </button>
      </div>
    </main>
  );
}

interface ActProps {
  readonly item: KioskHandOverItem;
  readonly onAct: (path: 'accept' | 'done') => void;
}

/** First it is accepted, by whoever has the shift; then it can be done. */
function Act({ item, onAct }: ActProps): ReactElement {
  const path = item.isWaiting || item.state === 'left' ? 'accept' : 'done';
  return (
    <button type="button" className="way way-main" onClick={() => onAct(path)}>
      <Icon name="check" />
      <TwoLines textKey={path === 'accept' ? 'handOver.acceptOne' : 'handOver.finish'} />
    </button>
  );
}
