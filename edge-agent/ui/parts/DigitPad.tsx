import { useWords } from '@sightline/look';
import { useEffect, type ReactElement, type ReactNode } from 'react';
import { Icon } from './Icon.tsx';

interface Props {
  readonly value: string;
  readonly length: number;
  /** Shown as dots: nobody reads a PIN over a shoulder. */
  readonly isSecret: boolean;
  readonly isOff?: boolean;
  /** A gap after so many digits of a long number. */
  readonly group?: number;
  /** Said below what was typed. */
  readonly children?: ReactNode;
  readonly onChange: (value: string) => void;
}

/** More than so many digits stand smaller, that they fit an upright screen. */
const longFrom = 9;

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const;

/** Digits by thumb or keyboard. */
export function DigitPad({
  value,
  length,
  isSecret,
  isOff = false,
  group = 4,
  onChange,
  children,
}: Props): ReactElement {
  const { t } = useWords();
  const add = (digit: string): void => {
    if (!isOff && value.length < length) onChange(value + digit);
  };
  const erase = (): void => {
    if (!isOff) onChange(value.slice(0, -1));
  };
  useKeys(add, erase);
  return (
    <div className="pad">
      <div className="pad-said">
        <div
          className={`pad-shown${length > longFrom ? ' pad-long' : ''}`}
          role="status"
          aria-label={t('pin.hidden', { count: value.length })}
        >
          {Array.from({ length }, (_, i) => (
            <Box
              key={i}
              isFull={i < value.length}
              isFirstOfGroup={length > 6 && i > 0 && i % group === 0}
            >
              {isSecret ? null : value[i]}
            </Box>
          ))}
        </div>
        {children}
      </div>
      <div className="pad-keys">
        {digits.map((digit) => (
          <button key={digit} type="button" className="key" onClick={() => add(digit)}>
            {digit}
          </button>
        ))}
        <button type="button" className="key key-erase" onClick={erase} aria-label={t('pin.erase')}>
          <Icon name="erase" />
        </button>
      </div>
    </div>
  );
}

interface BoxProps {
  readonly isFull: boolean;
  readonly isFirstOfGroup: boolean;
  /** Nothing: a dot stands for what was typed. */
  readonly children: ReactNode;
}

/** The place of one sign. */
export function Box({ isFull, isFirstOfGroup, children }: BoxProps): ReactElement {
  const full = isFull ? ' pad-box-full' : '';
  const gap = isFirstOfGroup ? ' pad-gap' : '';
  return <span className={`pad-box${full}${gap}`}>{children}</span>;
}

function useKeys(add: (digit: string) => void, erase: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (/^\d$/.test(event.key)) add(event.key);
      else if (event.key === 'Backspace') erase();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
