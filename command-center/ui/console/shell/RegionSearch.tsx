import { Input, type InputRef } from 'antd';
import { useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { placeName, useRegions } from '../api/use-regions.ts';
import { findRegions } from './find-regions.ts';
import { useKeys } from './use-keys.ts';

/** Finds a region by name, pinyin, initials or code; `/` goes there, arrows and Enter choose. */
export function RegionSearch({
  onChosen,
}: {
  readonly onChosen: (code: string) => void;
}): ReactElement {
  const { t } = useTranslation();
  const field = useRef<InputRef>(null);
  const regions = useRegions();
  const [text, setText] = useState('');
  const [marked, setMarked] = useState(0);
  useKeys({ '/': () => field.current?.focus({ cursor: 'all' }) });
  const found = findRegions(regions.list, text);
  const choose = (code: string | undefined) => {
    if (code === undefined) return;
    onChosen(code);
    setText('');
    field.current?.blur();
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowDown') setMarked(Math.min(marked + 1, found.length - 1));
    if (key === 'ArrowUp') setMarked(Math.max(marked - 1, 0));
    if (key === 'Enter') choose(found[marked]?.code);
    if (key === 'Escape') setText('');
  };
  return (
    <div className="region-search">
      <Input
        ref={field}
        value={text}
        allowClear
        placeholder={t('tree.search')}
        aria-label={t('tree.search')}
        suffix={text === '' ? <kbd>/</kbd> : undefined}
        onChange={(event) => {
          setText(event.target.value);
          setMarked(0);
        }}
        onKeyDown={onKeyDown}
      />
      {text.trim() !== '' && (
        <ul className="region-found" role="listbox" aria-label={t('tree.found')}>
          {found.map(({ code }, index) => (
            <li key={code} role="option" aria-selected={index === marked}>
              <button type="button" onClick={() => choose(code)}>
                {placeName(regions, code)}
              </button>
            </li>
          ))}
          {found.length === 0 && <li className="quiet region-none">{t('tree.none')}</li>}
        </ul>
      )}
    </div>
  );
}
