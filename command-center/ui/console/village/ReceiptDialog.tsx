import type { ConsentEventView, ErasureReceiptView, PersonView } from '@sightline/contracts';
import { dateAt, formatTime, useWords } from '@sightline/look';
import { Button, Modal } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { receiptJson } from '#domain/receipt-json.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { CopyButton } from '../parts/CodeDialog.tsx';
import { saveText } from '../parts/save-file.ts';

interface Props {
  readonly event: ConsentEventView | null;
  readonly person: PersonView;
  readonly region: string;
  readonly onClose: () => void;
}

/** 删除回执 on one sheet: to be read, printed, and verified by anybody. */
export function ReceiptDialog({ event, onClose, ...whose }: Props): ReactElement {
  const { t } = useWords();
  const receipt = event?.receipt ?? null;
  return (
    <Modal
      open={receipt !== null}
      onCancel={onClose}
      footer={null}
      title={t('receipt.title')}
      width={640}
      className="receipt-dialog"
    >
      {event !== null && receipt !== null && (
        <>
          <Sheet event={event} receipt={receipt} {...whose} />
          <Acts event={event} receipt={receipt} />
        </>
      )}
    </Modal>
  );
}

interface SheetProps extends Pick<Props, 'person' | 'region'> {
  readonly event: ConsentEventView;
  readonly receipt: ErasureReceiptView;
}

function Sheet({ event, receipt, person, region }: SheetProps): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const { doubt } = receipt;
  return (
    <div className="receipt">
      <p>{t('receipt.states')}</p>
      <p className={doubt === null ? 'receipt-valid' : 'problem'}>
        {doubt === null ? `✓ ${t('receipt.validWhat')}` : `▲ ${t(`receipt.doubt.${doubt}`)}`}
      </p>
      <dl>
        <Entry name={t('receipt.person')}>
          {person.name} {person.post}
        </Entry>
        <Entry name={t('receipt.village')}>{placeName(regions, region)}</Entry>
        <Entry name={t('receipt.terminal')}>{event.terminalId}</Entry>
        <Entry name={t('receipt.at')}>{fullTime(event.at)}</Entry>
        <Entry name={t('receipt.reason')}>
          {t(`ledger.reason.${event.reason ?? 'withdrawn'}`)}
        </Entry>
        <Entry name={t('receipt.text')}>
          <pre className="code-number">{receipt.text}</pre>
        </Entry>
        <Entry name={t('receipt.sig')}>
          <span className="code-number">{receipt.sig}</span>
        </Entry>
        <Entry name={t('receipt.publicKey')}>
          <span className="code-number">{receipt.publicKey ?? t('receipt.noKey')}</span>
        </Entry>
      </dl>
      <p className="fine">{t('receipt.how')}</p>
    </div>
  );
}

function Acts({ event, receipt }: Pick<SheetProps, 'event' | 'receipt'>): ReactElement {
  const { t } = useWords();
  const json = receiptJson(receipt);
  return (
    <div className="actions receipt-acts">
      <Button type="primary" onClick={() => globalThis.print()}>
        {t('receipt.print')}
      </Button>
      <Button onClick={() => saveText(`erasure-receipt-${event.id}.json`, json)}>
        {t('receipt.save')}
      </Button>
      <CopyButton text={json} />
    </div>
  );
}

function Entry({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A sheet of paper knows no "today": date and time of the village, whole. */
function fullTime(at: string): string {
  const instant = Temporal.Instant.from(at);
  return `${dateAt(instant).toString()} ${formatTime(instant, 'second')}`;
}
