import type { KioskHandOverItem } from '@sightline/contracts';
import { useEffect, useState } from 'react';
import { ask, isDenied } from '../link/api.ts';
import { useKiosk } from '../link/use-kiosk.ts';

export interface Items {
  /** Null = they are being read. */
  readonly items: readonly KioskHandOverItem[] | null;
  readonly denied: string | null;
}

/** What is open, with its words, by somebody's pass; read again when something about it changed. */
export function useItems(pass: string): Items {
  const { handOvers } = useKiosk();
  const [found, setFound] = useState<Items>({ items: null, denied: null });
  const version = handOvers
    .map(({ itemId, state, isWaiting }) => `${itemId}${state}${isWaiting}`)
    .join();
  useEffect(() => {
    let isHere = true;
    void ask('/api/hand-over/items', { pass }).then((answer) => {
      if (!isHere) return;
      if (isDenied(answer)) setFound({ items: [], denied: answer.denied });
      else {
        // The agent's own answer, whose shape `contracts/watch/kiosk-duty.ts` fixes.
        const { items } = answer as { readonly items: readonly KioskHandOverItem[] };
        setFound({ items, denied: null });
      }
    });
    return () => {
      isHere = false;
    };
  }, [pass, version]);
  return found;
}
