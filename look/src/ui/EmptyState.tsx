import type { ReactElement, ReactNode } from 'react';

interface Props {
  readonly title: ReactNode;
  /** What would fill this place: an empty page says what to do. */
  readonly whatToDo: ReactNode;
  readonly action?: ReactNode;
}

/** Where a list or a page has nothing to show yet. */
export function EmptyState({ title, whatToDo, action }: Props): ReactElement {
  return (
    <div className="look-empty">
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path
          d="M10 1.8l7.1 4.1v8.2L10 18.2l-7.1-4.1V5.9z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1"
          strokeDasharray="2 1.6"
        />
      </svg>
      <strong>{title}</strong>
      <p>{whatToDo}</p>
      {action}
    </div>
  );
}
