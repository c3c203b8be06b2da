import type { ReactElement } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Go } from '../route.ts';

/** The calm banner of home: how many notices nobody has read yet; not there where none was ever sent. */
export function NoticesLink({ go }: { readonly go: Go }): ReactElement | null {
  const { notices } = useKiosk();
  if (notices.length === 0) return null;
  const unread = notices.filter(({ readAt }) => readAt === null).length;
  return (
    <button
      type="button"
      className={unread === 0 ? 'home-link notices-link' : 'home-link notices-link has-unread'}
      onClick={() => go({ page: 'notices' })}
    >
      <Icon name="letter" />
      {unread === 0 ? (
        <TwoLines textKey="notice.allRead" />
      ) : (
        <TwoLines textKey="notice.unread" values={{ count: unread }} />
      )}
    </button>
  );
}
