import type { KioskCheck } from '@sightline/contracts';
import { dateAt, formatDate, formatTime, useWords } from '@sightline/look';
import type { ReactElement } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import { home, type Go } from '../route.ts';
import { reasonIcons, useSayWho } from './check-words.ts';

/** 谁抽查过我: who called this village to the terminal, why, and what was done. For everybody here. */
export function ChecksPage({ go }: { readonly go: Go }): ReactElement {
  const { t } = useWords();
  const { checks } = useKiosk();
  return (
    <main className="page checks">
      <PageHead onBack={() => go(home)}>
        <TwoLines textKey="check.listTitle" />
      </PageHead>
      {checks.length === 0 ? (
        <p className="page-note">{t('check.none')}</p>
      ) : (
        <ul className="check-list" tabIndex={0} aria-label={t('check.listTitle')}>
          {checks.map((check) => (
            <Line key={check.checkId} check={check} />
          ))}
        </ul>
      )}
      <p className="page-note">{t('check.hint')}</p>
    </main>
  );
}

function Line({ check }: { readonly check: KioskCheck }): ReactElement {
  const { t, language } = useWords();
  const sayWho = useSayWho();
  const { people } = useKiosk();
  const at = Temporal.Instant.from(check.orderedAt);
  const name = people.find(({ personId }) => personId === check.answeredBy)?.name ?? '';
  const time = (text: string | null) =>
    text === null ? '' : formatTime(Temporal.Instant.from(text), 'minute');
  const values = { name, time: time(check.answeredAt ?? check.callAskedAt ?? check.deliveredAt) };
  return (
    <li className={`check-line check-${outcomeOf(check)}`}>
      <Icon name={reasonIcons[check.reason]} />
      <span className="check-why">
        <b>{t(`check.reason.${check.reason}`)}</b>
        {check.note !== '' && <span>{check.note}</span>}
        <small>
          {`${formatDate(dateAt(at), language)} ${formatTime(at, 'minute')} · ${sayWho(check)}`}
        </small>
      </span>
      <span className="check-outcome">{t(`check.outcome.${outcomeOf(check)}`, values)}</span>
    </li>
  );
}

type Outcome = 'answered' | 'late' | 'call' | 'withdrawn' | 'open' | 'too-late' | 'unanswered';

function outcomeOf(check: KioskCheck): Outcome {
  const { answeredAt, callAskedAt, deliveredAt, until, withdrawn, isOpen } = check;
  if (answeredAt !== null) return answeredAt > until ? 'late' : 'answered';
  if (callAskedAt !== null) return 'call';
  if (withdrawn === true) return 'withdrawn';
  if (isOpen) return 'open';
  return deliveredAt !== null && deliveredAt > until ? 'too-late' : 'unanswered';
}
