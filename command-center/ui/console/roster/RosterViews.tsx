import type { ReactElement } from 'react';

interface Props<View extends string> {
  readonly views: readonly View[];
  readonly view: View;
  readonly word: (view: View) => string;
  readonly onView: (view: View) => void;
}

/** 月历 · 冲突与空岗 · 换班与请假. */
export function RosterViews<View extends string>(props: Props<View>): ReactElement {
  const { views, view, word, onView } = props;
  return (
    <div className="filter">
      {views.map((each) => (
        <button key={each} type="button" aria-pressed={view === each} onClick={() => onView(each)}>
          {word(each)}
        </button>
      ))}
    </div>
  );
}
