import type { ReactElement } from 'react';
import { ask } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';

/** 遮板. Always there: one touch shuts camera and microphone off from everything, another opens them. */
export function ShutterButton(): ReactElement {
  const { shutter } = useKiosk();
  return (
    <button
      type="button"
      className={shutter.isShut ? 'strip-shutter is-shut' : 'strip-shutter'}
      aria-pressed={shutter.isShut}
      onClick={() => void ask('/api/shutter', { isShut: !shutter.isShut })}
    >
      <Icon name={shutter.isShut ? 'noCamera' : 'camera'} />
      <TwoLines textKey={shutter.isShut ? 'shutter.shut' : 'shutter.open'} />
    </button>
  );
}
