import type { ReactElement } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import { TwoLines } from './TwoLines.tsx';

interface Props {
  readonly icon: IconName;
  readonly textKey: string;
  readonly isOn: boolean;
  readonly onTurn: (isOn: boolean) => void;
}

/** Something that may be had besides, off until somebody touches it. */
export function Switch({ icon, textKey, isOn, onTurn }: Props): ReactElement {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      className={isOn ? 'tile switch switch-on' : 'tile switch'}
      onClick={() => onTurn(!isOn)}
    >
      <Icon name={icon} />
      <TwoLines textKey={textKey} />
      <span className="switch-box">{isOn && <Icon name="check" />}</span>
    </button>
  );
}
