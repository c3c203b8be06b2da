import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import { TwoLines } from './TwoLines.tsx';

interface Props {
  readonly icon: IconName;
  readonly textKey: string;
  readonly tone?: 'main' | 'plain';
  /** Said below the word. */
  readonly children?: ReactNode;
  readonly onPress: () => void;
}

/** A large thing to touch: a sign and a word in two languages. */
export function Tile({ icon, textKey, tone = 'plain', children, onPress }: Props): ReactElement {
  return (
    <button type="button" className={`tile tile-${tone}`} onClick={onPress}>
      <Icon name={icon} />
      <TwoLines textKey={textKey} />
      {children}
    </button>
  );
}
