import type { GrantPurpose, KioskResult } from '@sightline/contracts';

/** An answer that fills the screen. */
export type Answered = KioskResult | { readonly outcome: 'pin-set'; readonly personId: string };

/** Where the page is: all of it, so that any picture can be put on the screen at once. */
export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'check-in' }
  | { readonly page: 'pin'; readonly personId: string | null }
  | { readonly page: 'people' }
  | { readonly page: 'person'; readonly personId: string }
  | { readonly page: 'consent'; readonly personId: string }
  | { readonly page: 'code'; readonly personId: string; readonly purpose: GrantPurpose }
  | { readonly page: 'enrol'; readonly personId: string; readonly code: string }
  | { readonly page: 'new-pin'; readonly personId: string; readonly code: string }
  | { readonly page: 'result'; readonly answer: Answered };

export type Go = (route: Route) => void;

export const home: Route = { page: 'home' };

/** A page that nobody touches for so long goes back to the beginning. */
export const idleHomeMs = 60_000;
