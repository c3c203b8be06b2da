import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';

const chairKeys = ['m', 'l', 'f', 'c', 'r', 'i', '/', 'j k', 'Enter', '1–4', 'Esc'] as const;
const seatKeys = ['v', 'x'] as const;

/** The keys of this page, beside those the whole console knows. */
export function KeyList(props: {
  readonly isChair: boolean;
  readonly isIn: boolean;
}): ReactElement | null {
  const { t } = useWords();
  const keys = [...(props.isIn ? seatKeys : []), ...(props.isChair ? chairKeys : [])];
  if (keys.length === 0) return null;
  return (
    <details className="key-list">
      <summary>{t('room.keys.title')}</summary>
      <dl className="keys">
        {keys.map((key) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`room.keys.${keyWords[key]}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

const keyWords = {
  m: 'mute',
  l: 'lock',
  f: 'floor',
  c: 'carousel',
  r: 'rollCall',
  i: 'invite',
  '/': 'search',
  'j k': 'rows',
  Enter: 'open',
  '1–4': 'tabs',
  Esc: 'back',
  v: 'voice',
  x: 'camera',
} as const;
