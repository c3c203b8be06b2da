import type { ReactElement } from 'react';
import { Icon } from './Icon.tsx';
import { TwoLines } from './TwoLines.tsx';

interface Props {
  readonly textKey: string;
  readonly isOn: boolean;
  readonly onTurn: () => void;
}

/** One of several sentences, chosen or not. */
export function Choice({ textKey, isOn, onTurn }: Props): ReactElement {
  return (
    <button type="button" className="choice" aria-pressed={isOn} onClick={onTurn}>
      <TwoLines textKey={textKey} />
      <span className="choice-mark">{isOn && <Icon name="check" />}</span>
    </button>
  );
}
