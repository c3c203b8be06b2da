import { useKiosk } from '../link/use-kiosk.ts';
import type { Route } from '../route.ts';

const freePages: readonly Route['page'][] = [
  'home',
  'people',
  'person',
  'checks',
  'notices',
  'courses',
  'meetings',
];

/**
 * Whether what rings may take the screen: nobody is in the middle of anything here. Everywhere else it is
 * told above the page, and nobody is pushed aside.
 */
export function useIsFree(route: Route): boolean {
  const isInMeeting = useIsInMeeting(route);
  if (route.page === 'meeting') return isRoom(route) && !isInMeeting;
  return freePages.includes(route.page);
}

/** Whether this page is the room of a meeting that goes on, or the way into it. */
export function useIsInMeeting(route: Route): boolean {
  const { meetings } = useKiosk();
  return (
    isRoom(route) &&
    meetings.list.some(({ meetingId, phase }) => meetingId === route.meetingId && phase === 'open')
  );
}

function isRoom(route: Route): route is Extract<Route, { readonly page: 'meeting' }> {
  return route.page === 'meeting' && (route.step === 'room' || route.step === 'check');
}
