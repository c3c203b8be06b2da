import { regionLevel, type Reading } from '@sightline/contracts';
import { dateAt, formatDate, formatTime, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { PinEntry } from '../parts/PinEntry.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Go } from '../route.ts';

interface Props {
  readonly personId: string;
  /** Null: the own PIN is asked for. */
  readonly readings: readonly Reading[] | null;
  readonly go: Go;
}

/** 谁查看过我的信息: who read about a person, when and why, after the person's own PIN. */
export function ReadingsPage({ personId, readings, go }: Props): ReactElement {
  const { t } = useWords();
  const { people } = useKiosk();
  const name = people.find((known) => known.personId === personId)?.name ?? '';
  const goBack = (): void => go({ page: 'person', personId });

  async function prove(pin: string): Promise<string | null> {
    const answer = await ask('/api/readings', { personId, pin });
    if (isDenied(answer)) return answer.denied;
    // The agent's own answer, whose shape `contracts/complaint-api.ts` fixes.
    const { readings: found } = answer as { readonly readings: readonly Reading[] };
    go({ page: 'readings', personId, readings: found });
    return null;
  }

  if (readings === null) {
    return <PinEntry name={name} askKey="readings.enter" onBack={goBack} onPin={prove} />;
  }
  return (
    <main className="page readings">
      <PageHead onBack={goBack} hint={name}>
        <TwoLines textKey="readings.title" />
      </PageHead>
      {readings.length === 0 ? (
        <p className="page-note">{t('readings.none')}</p>
      ) : (
        <ul className="reading-list" tabIndex={0} aria-label={t('readings.title')}>
          {readings.map((reading) => (
            <Line key={`${reading.at}/${reading.what}/${reading.login ?? ''}`} reading={reading} />
          ))}
        </ul>
      )}
      <p className="page-note">{t('readings.hint')}</p>
    </main>
  );
}

function Line({ reading }: { readonly reading: Reading }): ReactElement {
  const { t, language } = useWords();
  const at = Temporal.Instant.from(reading.at);
  const { login, accountRegion } = reading;
  const roles = reading.roles.map((role) => t(`readings.role.${role}`, { defaultValue: role }));
  const level = accountRegion === null ? null : regionLevel(accountRegion);
  return (
    <li>
      <time dateTime={reading.at}>
        {`${formatDate(dateAt(at), language)} ${formatTime(at, 'minute')}`}
      </time>
      <b>
        {login === null
          ? t('readings.system')
          : [level === null ? '' : t(`readings.level.${level}`), ...roles, login].join(' ')}
      </b>
      <span>
        {t(`readings.what.${reading.what.replace('.', '-')}`, { defaultValue: reading.what })}
        {' · '}
        {t(`readings.purpose.${reading.purpose}`, { defaultValue: reading.purpose })}
      </span>
    </li>
  );
}
