import type { NoticeLine } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { ReactElement } from 'react';

/** Sent, of it delivered, of it read: one bar and the figures in words. */
export function ReceiptBar({
  figures: { sent, delivered, read },
}: {
  readonly figures: Pick<NoticeLine, 'sent' | 'delivered' | 'read'>;
}): ReactElement {
  const { t } = useWords();
  const share = (count: number): string => `${sent === 0 ? 0 : (100 * count) / sent}%`;
  return (
    <span className="receipt-figures">
      <span className="receipt-bar" aria-hidden="true">
        <span className="receipt-delivered" style={{ width: share(delivered) }} />
        <span className="receipt-read" style={{ width: share(read) }} />
      </span>
      <span data-receipts={`${sent}/${delivered}/${read}`}>
        {t('notices.figures', { sent, delivered, read })}
      </span>
    </span>
  );
}
