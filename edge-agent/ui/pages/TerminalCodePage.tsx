import { useWords } from '@sightline/look';
import { useEffect, useState, type ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { Box } from '../parts/DigitPad.tsx';
import { Icon } from '../parts/Icon.tsx';
import { RefusalText } from '../parts/RefusalText.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';

/** The signs of a terminal's code: Crockford's base 32, no letter that is taken for another. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.split('');
const codeLength = 12;

/** A terminal that is not in service asks for its one-time code. */
export function TerminalCodePage(): ReactElement {
  const { t } = useWords();
  const { enrolment } = useKiosk();
  const [code, setCode] = useState('');
  const [isAsking, setAsking] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);

  function add(sign: string): void {
    setRefused(null);
    setCode((typed) => (typed + sign).slice(0, codeLength));
  }

  async function start(): Promise<void> {
    if (code.length < codeLength || isAsking) return;
    setAsking(true);
    const answer = await ask('/api/terminal/enrol', { code: inFours(code) });
    setAsking(false);
    if (isDenied(answer)) setRefused(answer.denied);
  }

  const erase = (): void => setCode((typed) => typed.slice(0, -1));
  useCodeKeys({ add, erase, start: () => void start() });
  return (
    <main className="page terminal-code">
      <div className="page-title">
        <h2>
          <TwoLines textKey={enrolment === 'finished' ? 'terminal.finished' : 'terminal.title'} />
        </h2>
        <p>{t('terminal.hint')}</p>
      </div>
      <div className="code-shown" role="status" aria-label={code}>
        {Array.from({ length: codeLength }, (_, i) => (
          <Box key={i} isFull={i < code.length} isFirstOfGroup={i > 0 && i % 4 === 0}>
            {code[i] ?? ' '}
          </Box>
        ))}
      </div>
      <div className="code-keys">
        {signs.map((sign) => (
          <button key={sign} type="button" className="key" onClick={() => add(sign)}>
            {sign}
          </button>
        ))}
      </div>
      <div className="code-ways">
        <button type="button" className="key" onClick={erase} aria-label={t('pin.erase')}>
          <Icon name="erase" />
        </button>
        <button
          type="button"
          className="key key-main"
          disabled={code.length < codeLength || isAsking}
          onClick={() => void start()}
        >
          {t(isAsking ? 'terminal.working' : 'terminal.start')}
        </button>
      </div>
      <RefusalText code={refused} />
    </main>
  );
}

function inFours(code: string): string {
  return code.match(/.{1,4}/gu)?.join('-') ?? '';
}

interface CodeKeys {
  readonly add: (sign: string) => void;
  readonly erase: () => void;
  readonly start: () => void;
}

function useCodeKeys({ add, erase, start }: CodeKeys): void {
  useEffect(() => {
    const press = ({ key, target }: KeyboardEvent): void => {
      const sign = key.toUpperCase();
      if (signs.includes(sign)) add(sign);
      else if (key === 'Backspace') erase();
      // On a button the key presses that button.
      else if (key === 'Enter' && !(target instanceof HTMLButtonElement)) start();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
