import type { KioskHandOverItem } from '@sightline/contracts';
import { dateAt, formatDate, useWords } from '@sightline/look';
import type { ReactElement, ReactNode } from 'react';
import { clockTime } from '../clock-time.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { PlayVoice } from './PlayVoice.tsx';

interface Props {
  readonly items: readonly KioskHandOverItem[];
  readonly pass: string;
  /** What may be done with an item. */
  readonly actsOf?: (item: KioskHandOverItem) => ReactNode;
}

/** 交接事项: what was left, by whom, when, and how far it is. */
export function ItemList({ items, pass, actsOf }: Props): ReactElement {
  const { t } = useWords();
  return (
    <ul className="hand-over-list" tabIndex={0} aria-label={t('handOver.title')}>
      {items.map((item) => (
        <li key={item.itemId} className={item.isWaiting ? 'hand-over-waiting' : ''}>
          <div className="hand-over-said">
            {item.sentences.length > 0 && (
              <b>{item.sentences.map((each) => t(`handOver.sentence.${each}`)).join(' · ')}</b>
            )}
            {item.text !== null && <p className="hand-over-text">{item.text}</p>}
            <From item={item} />
          </div>
          <div className="hand-over-acts">
            <Voice item={item} pass={pass} />
            {actsOf?.(item)}
          </div>
        </li>
      ))}
    </ul>
  );
}

function From({ item }: { readonly item: KioskHandOverItem }): ReactElement {
  const { t, language } = useWords();
  const { people } = useKiosk();
  const name = people.find(({ personId }) => personId === item.leftBy)?.name ?? '—';
  const day = formatDate(dateAt(Temporal.Instant.from(item.leftAt)), language);
  return (
    <small>
      {t('handOver.from', { name, time: `${day} ${clockTime(item.leftAt)}` })}
      {' · '}
      {t(`handOver.state.${item.state}`)}
    </small>
  );
}

function Voice({
  item,
  pass,
}: {
  readonly item: KioskHandOverItem;
  readonly pass: string;
}): ReactElement | null {
  const { t } = useWords();
  const { itemId, hasVoice, voiceSeconds } = item;
  if (voiceSeconds === null) return null;
  if (!hasVoice) return <small>{t('handOver.voiceGone')}</small>;
  return <PlayVoice pass={pass} itemId={itemId} seconds={voiceSeconds} />;
}
