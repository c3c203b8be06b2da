import type { ReactElement } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Go } from '../route.ts';

/** The calm banner of home: whose word a shift change waits for; not there where it waits for nobody's. */
export function ChangesLink({ go }: { readonly go: Go }): ReactElement | null {
  const { people } = useKiosk();
  const asked = people.filter(({ isAsked }) => isAsked);
  const [first] = asked;
  if (first === undefined) return null;
  const { personId, name } = first;
  return (
    <button
      type="button"
      className="home-link notices-link has-unread"
      onClick={() =>
        go(asked.length === 1 ? { page: 'own-duties', step: 'pin', personId } : { page: 'people' })
      }
    >
      <Icon name="handOver" />
      {asked.length === 1 ? (
        <TwoLines textKey="shiftChange.waiting" values={{ name }} />
      ) : (
        <TwoLines textKey="shiftChange.waitingMany" values={{ count: asked.length }} />
      )}
    </button>
  );
}
