import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { consentVersion } from '#domain/consent.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { PlainText } from '../parts/PlainText.tsx';
import { Tile } from '../parts/Tile.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Go } from '../route.ts';
import { consentText } from '../words/consent-text.ts';

interface Props {
  readonly personId: string;
  readonly go: Go;
}

/** The text a person reads and agrees to. */
export function ConsentPage({ personId, go }: Props): ReactElement {
  const { t } = useWords();
  const { people } = useKiosk();
  const name = people.find((person) => person.personId === personId)?.name ?? '';
  return (
    <main className="page page-consent">
      <PageHead onBack={() => go({ page: 'person', personId })} hint={name}>
        <TwoLines textKey="consent.title" />
      </PageHead>
      <PlainText
        text={consentText}
        label={t('consent.title')}
        note={t('consent.version', { version: consentVersion })}
      />
      <div className="consent-ways">
        <Tile
          icon="back"
          textKey="consent.decline"
          onPress={() => go({ page: 'person', personId })}
        />
        <Tile
          icon="check"
          textKey="consent.agree"
          tone="main"
          onPress={() => go({ page: 'code', personId, purpose: 'enrol-face' })}
        />
      </div>
    </main>
  );
}
