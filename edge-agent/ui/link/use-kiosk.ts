import type { KioskState } from '@sightline/contracts';
import { createContext, use, useSyncExternalStore } from 'react';
import type { KioskLink, LinkView } from './kiosk-link.ts';

export const KioskContext = createContext<KioskLink | null>(null);

export function useLink(): KioskLink {
  const link = use(KioskContext);
  if (link === null) throw new Error('A kiosk component stands outside KioskContext.');
  return link;
}

export function useLinkView(): LinkView {
  const link = useLink();
  return useSyncExternalStore(link.subscribe, link.view);
}

/** The agent's state; only below the components that wait for the first one. */
export function useKiosk(): KioskState {
  const { state } = useLinkView();
  if (state === null) throw new Error('The agent has not said its state yet.');
  return state;
}
