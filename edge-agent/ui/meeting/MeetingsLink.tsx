import type { ReactElement } from 'react';
import { ask } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Go } from '../route.ts';

/** The way from home to the meetings; and, while opening from afar is allowed, the way to take that back. */
export function MeetingsLink({ go }: { readonly go: Go }): ReactElement {
  const { autoAnswer, list } = useKiosk().meetings;
  const isOn = list.some(({ phase }) => phase === 'open' || phase === 'ringing');
  return (
    <>
      <button
        type="button"
        className={isOn ? 'home-link notices-link has-unread' : 'home-link'}
        onClick={() => go({ page: 'meetings' })}
      >
        <Icon name="phone" />
        <TwoLines textKey="meeting.title" />
      </button>
      {autoAnswer !== null && (
        <button
          type="button"
          className="home-link leave-link"
          onClick={() => void ask('/api/meetings/leave', {})}
        >
          <Icon name="eye" />
          <span className="leave-words">
            <TwoLines textKey="meeting.allowed" />
            <b>
              <TwoLines textKey="meeting.withdraw" />
            </b>
          </span>
        </button>
      )}
    </>
  );
}
