import { useId, type ReactElement } from 'react';

/** Where the face belongs: the rest of the picture is dimmed. */
export function Oval({ isGood }: { readonly isGood: boolean }): ReactElement {
  const mask = useId();
  return (
    <svg className="camera-oval" viewBox="-100 -100 200 200" aria-hidden="true">
      <mask id={mask}>
        <rect x="-400" y="-400" width="800" height="800" fill="#fff" />
        <ellipse cx="0" cy="-8" rx="47" ry="62" fill="#000" />
      </mask>
      <rect
        x="-400"
        y="-400"
        width="800"
        height="800"
        className="camera-shade"
        mask={`url(#${mask})`}
      />
      <ellipse
        cx="0"
        cy="-8"
        rx="47"
        ry="62"
        className={isGood ? 'camera-rim camera-rim-good' : 'camera-rim'}
      />
    </svg>
  );
}
