import type { GrantPurpose } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { DigitPad } from '../parts/DigitPad.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Go } from '../route.ts';

interface Props {
  readonly personId: string;
  readonly purpose: GrantPurpose;
  readonly go: Go;
}

const codeLength = 8;

/** The code with which a second person vouches. The agent checks it, once it is used. */
export function CodePage({ personId, purpose, go }: Props): ReactElement {
  const { t } = useWords();
  const { people } = useKiosk();
  const [code, setCode] = useState('');
  const name = people.find((person) => person.personId === personId)?.name ?? '';
  const next = purpose === 'enrol-face' ? 'enrol' : 'new-pin';
  return (
    <main className="page">
      <PageHead
        onBack={() => go({ page: 'person', personId })}
        hint={t(purpose === 'enrol-face' ? 'code.forFace' : 'code.forPin', { name })}
      >
        <TwoLines textKey="code.title" />
      </PageHead>
      <DigitPad
        value={code}
        length={codeLength}
        isSecret={false}
        onChange={(value) => {
          setCode(value);
          if (value.length === codeLength) go({ page: next, personId, code: value });
        }}
      >
        <p className="page-note">{t('code.hint')}</p>
      </DigitPad>
    </main>
  );
}
