import { Input, type InputRef } from 'antd';
import { useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { findRegions, type Findable } from '../shell/find-regions.ts';
import { useKeys } from '../shell/use-keys.ts';

interface Props<T extends Findable> {
  readonly list: readonly T[];
  readonly labelOf: (item: T) => string;
  /** What the field asks for. */
  readonly hint: string;
  /** Said where nothing is found. */
  readonly none: string;
  readonly onChosen: (item: T) => void;
}

/** Finds one of a list by name, pinyin, initials or code; `/` goes there, arrows and Enter choose. */
export function SearchBox<T extends Findable>(props: Props<T>): ReactElement {
  const { list, labelOf, hint, none, onChosen } = props;
  const { t } = useTranslation();
  const field = useRef<InputRef>(null);
  const [text, setText] = useState('');
  const [marked, setMarked] = useState(0);
  useKeys({ '/': () => field.current?.focus({ cursor: 'all' }) });
  const found = findRegions(list, text);
  const choose = (item: T | undefined) => {
    if (item === undefined) return;
    onChosen(item);
    setText('');
    field.current?.blur();
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowDown') setMarked(Math.min(marked + 1, found.length - 1));
    if (key === 'ArrowUp') setMarked(Math.max(marked - 1, 0));
    if (key === 'Enter') choose(found[marked]);
    if (key === 'Escape') setText('');
  };
  return (
    <div className="region-search">
      <Input
        ref={field}
        value={text}
        allowClear
        placeholder={hint}
        aria-label={hint}
        suffix={text === '' ? <kbd>/</kbd> : undefined}
        onChange={(event) => {
          setText(event.target.value);
          setMarked(0);
        }}
        onKeyDown={onKeyDown}
      />
      {text.trim() !== '' && (
        <ul className="region-found" role="listbox" aria-label={t('tree.found')}>
          {found.map((item, index) => (
            <li key={item.code} role="option" aria-selected={index === marked}>
              <button type="button" onClick={() => choose(item)}>
                {labelOf(item)}
              </button>
            </li>
          ))}
          {found.length === 0 && <li className="quiet region-none">{none}</li>}
        </ul>
      )}
    </div>
  );
}
