import type { ReactElement } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Go } from '../route.ts';

/** The way from home to 谁抽查过我; not there where nobody ever did. */
export function ChecksLink({ go }: { readonly go: Go }): ReactElement | null {
  const { checks } = useKiosk();
  if (checks.length === 0) return null;
  return (
    <button type="button" className="home-link checks-link" onClick={() => go({ page: 'checks' })}>
      <Icon name="bell" />
      <TwoLines textKey="check.listTitle" />
    </button>
  );
}
