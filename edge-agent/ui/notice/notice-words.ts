import type { KioskNotice } from '@sightline/contracts';
import { dateAt, formatDate, formatTime, useWords } from '@sightline/look';
import { useKiosk } from '../link/use-kiosk.ts';

/** 11月23日 21:46 of an instant. */
export function useSayTime(): (instant: string) => string {
  const { language } = useWords();
  return (text) => {
    const at = Temporal.Instant.from(text);
    return `${formatDate(dateAt(at), language)} ${formatTime(at, 'minute')}`;
  };
}

/** Whether it was read here, when, and by whose PIN. */
export function useSayReceipt(): (notice: KioskNotice) => string {
  const { t } = useWords();
  const { people } = useKiosk();
  return ({ readAt, readBy }) => {
    if (readAt === null) return t('notice.notRead');
    const time = formatTime(Temporal.Instant.from(readAt), 'minute');
    if (readBy === null) return t('notice.readAt', { time });
    const name = people.find(({ personId }) => personId === readBy)?.name ?? '—';
    return t('notice.signedAt', { time, name });
  };
}
