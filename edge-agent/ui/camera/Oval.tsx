import { useId, type ReactElement } from 'react';

interface Props {
  readonly isGood: boolean;
  /** As in a mirror: the person's own left is on the left. */
  readonly turn: 'left' | 'right' | null;
}

/** Where the face belongs, and which way to turn it: the rest of the picture is dimmed. */
export function Oval({ isGood, turn }: Props): ReactElement {
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
      {turn !== null && (
        <path
          className="camera-turn"
          d="M-53 -26 L-66 -8 L-53 10"
          transform={turn === 'right' ? 'scale(-1 1)' : undefined}
        />
      )}
    </svg>
  );
}
