import { useWords, type Language } from '@sightline/look';
import type { ReactElement } from 'react';
import { consentVersion } from '#domain/consent.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { Tile } from '../parts/Tile.tsx';
import type { Go } from '../route.ts';
import { consentText } from '../words/consent-text.ts';

interface Props {
  readonly personId: string;
  readonly go: Go;
}

/** The text a person reads and agrees to; while its Tibetan is unchecked, Chinese stands beside. */
export function ConsentPage({ personId, go }: Props): ReactElement {
  const { t, language } = useWords();
  const { people } = useKiosk();
  const name = people.find((person) => person.personId === personId)?.name ?? '';
  const shown: readonly Language[] = language === 'bo' ? ['bo', 'zh'] : [language];
  return (
    <main className="page page-consent">
      <PageHead onBack={() => go({ page: 'person', personId })} hint={name}>
        {t('consent.title')}
      </PageHead>
      <div className="consent" tabIndex={0} role="region" aria-label={t('consent.title')}>
        {shown.map((each) => (
          <div key={each} lang={each}>
            {consentText[each].map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </div>
        ))}
        <small>{t('consent.version', { version: consentVersion })}</small>
      </div>
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
