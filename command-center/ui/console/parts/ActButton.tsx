import { Button, Tooltip } from 'antd';
import type { ReactElement, ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  readonly onClick: () => void;
  /** Why it cannot be pressed now; null = it can. */
  readonly reason: string | null;
  readonly isRunning?: boolean;
  readonly kind?: 'main' | 'plain' | 'text';
}

/** A button that, when it is off, says why: on hovering, on focus and to screen readers. */
export function ActButton(props: Props): ReactElement {
  const { children, onClick, reason, isRunning = false, kind = 'plain' } = props;
  return (
    <Tooltip title={reason}>
      <Button
        type={kind === 'main' ? 'primary' : kind === 'text' ? 'text' : 'default'}
        size={kind === 'text' ? 'small' : 'middle'}
        loading={isRunning}
        // Not `disabled`: a disabled button is skipped by the keyboard and shows no reason.
        aria-disabled={reason !== null}
        className={reason === null ? undefined : 'is-off'}
        onClick={() => {
          if (reason === null) onClick();
        }}
        {...(reason === null ? {} : { 'aria-description': reason })}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
