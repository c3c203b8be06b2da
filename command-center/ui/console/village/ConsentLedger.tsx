import type { ConsentEventView, PersonView } from '@sightline/contracts';
import { EmptyState, useWords } from '@sightline/look';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useList } from '../api/use-list.ts';
import { Pager } from '../parts/Pager.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { ReceiptDialog } from './ReceiptDialog.tsx';
import { consentKey } from './use-people.ts';

interface Props {
  readonly person: PersonView;
  readonly region: string;
}

/** 同意与删除回执: what a person agreed to, who vouched, what was withdrawn and what proves the erasure. */
export function ConsentLedger({ person, region }: Props): ReactElement {
  const { t } = useWords();
  const [shown, setShown] = useState<ConsentEventView | null>(null);
  const list = useList<ConsentEventView>({
    // The state is part of the key: when it changes, the ledger has a new line.
    key: [...consentKey(person.personId), person.faceState],
    url: `/api/people/${person.personId}/consent?purpose=consent-upkeep`,
    cursor: 'before',
  });
  return (
    <section className="ledger" aria-label={t('ledger.of', { name: person.name })}>
      <ProblemLine problem={list.problem} />
      {!list.isLoading && list.items.length === 0 && list.problem === null && (
        <EmptyState title={t('ledger.none')} whatToDo={t('ledger.noneWhat')} />
      )}
      <ol>
        {list.items.map((event) => (
          <Line key={event.id} event={event} onReceipt={() => setShown(event)} />
        ))}
      </ol>
      <Pager {...list} />
      <p className="fine">{t('ledger.audited')}</p>
      <ReceiptDialog event={shown} person={person} region={region} onClose={() => setShown(null)} />
    </section>
  );
}

interface LineProps {
  readonly event: ConsentEventView;
  readonly onReceipt: () => void;
}

function Line({ event, onReceipt }: LineProps): ReactElement {
  const { t } = useWords();
  const { receipt } = event;
  return (
    <li>
      <span className="ledger-head">
        <strong>{t(`ledger.kind.${event.kind}`)}</strong>
        {!event.certain && <span className="warn">{t('checkIns.uncertain')}</span>}
        <When at={event.at} />
      </span>
      <Details event={event} />
      {receipt !== null && (
        <span className="ledger-receipt">
          <span className={receipt.valid ? 'receipt-valid' : 'problem'}>
            {receipt.valid ? `✓ ${t('receipt.valid')}` : `▲ ${t('receipt.invalid')}`}
          </span>
          <Button size="small" onClick={onReceipt}>
            {t('receipt.open')}
          </Button>
        </span>
      )}
    </li>
  );
}

function Details({ event }: { readonly event: ConsentEventView }): ReactElement {
  const { t } = useWords();
  const { kind, consentVersion, vouchedBy, reason, model } = event;
  const details = [
    placeOf(),
    kind === 'enrolled' && t('ledger.version', { version: consentVersion ?? '–' }),
    kind === 'enrolled' &&
      (vouchedBy === null
        ? t('ledger.vouchedUnknown')
        : t('ledger.vouchedBy', { login: vouchedBy })),
    reason !== null && t(`ledger.reason.${reason}`),
    model !== null && t('ledger.model', { model }),
  ];
  return (
    <ul className="ledger-details">
      {details
        .filter((detail) => detail !== false)
        .map((detail) => (
          <li key={detail}>{detail}</li>
        ))}
    </ul>
  );

  function placeOf(): string {
    if (event.terminalId !== null) {
      return t('ledger.atTerminal', { terminal: event.terminalId });
    }
    return event.by === null ? t('ledger.atConsole') : t('ledger.atConsoleBy', { login: event.by });
  }
}
