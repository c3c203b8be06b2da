import type { ReactElement } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import { TwoLines } from './TwoLines.tsx';

interface Props {
  readonly icon: IconName;
  readonly textKey: string;
  /** Something was said there already. */
  readonly isDone?: boolean;
  readonly onPress: () => void;
}

/** A way to another step, beside the main one. */
export function Way({ icon, textKey, isDone = false, onPress }: Props): ReactElement {
  return (
    <button type="button" className={`way${isDone ? ' way-done' : ''}`} onClick={onPress}>
      <Icon name={isDone ? 'check' : icon} />
      <TwoLines textKey={textKey} />
    </button>
  );
}
