import type { ReactElement } from 'react';

interface Props<Word extends string> {
  readonly label: string;
  readonly word: (value: Word) => string;
  readonly offered: readonly Word[];
  readonly value: Word;
  readonly onChange: (value: Word) => void;
}

/** One of a few words. */
export function WordSelect<Word extends string>(props: Props<Word>): ReactElement {
  const { label, word, offered, value, onChange } = props;
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ target }) => {
        const chosen = offered.find((each) => each === target.value);
        if (chosen !== undefined) onChange(chosen);
      }}
    >
      {offered.map((each) => (
        <option key={each} value={each}>
          {word(each)}
        </option>
      ))}
    </select>
  );
}
