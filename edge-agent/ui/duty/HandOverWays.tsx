import type { ReactElement } from 'react';
import { useKiosk } from '../link/use-kiosk.ts';
import { Tile } from '../parts/Tile.tsx';
import { home, type Answered, type Go } from '../route.ts';
import { newHandOver } from './hand-over-draft.ts';

/** What follows an answer: who came accepts what is open, who leaves may leave something. */
export interface HandOverNext {
  readonly kind: 'accept' | 'leave';
  readonly pass: string;
  readonly waiting: number;
}

export function useHandOverNext(answer: Answered): HandOverNext | null {
  const { handOvers } = useKiosk();
  const waiting = handOvers.filter(({ isWaiting }) => isWaiting).length;
  if (!('pass' in answer)) return null;
  const { outcome, pass } = answer;
  const isLeaving = outcome === 'checked-out' || outcome === 'already-checked-out';
  if (isLeaving) return { kind: 'leave', pass, waiting };
  return waiting === 0 ? null : { kind: 'accept', pass, waiting };
}

interface Props {
  readonly next: HandOverNext;
  readonly go: Go;
}

/** The one way on for who comes; for who leaves, one touch either way. */
export function HandOverWays({ next: { kind, pass, waiting }, go }: Props): ReactElement {
  if (kind === 'accept') {
    return (
      <div className="result-ways">
        <Tile
          icon="handOver"
          textKey="handOver.acceptNow"
          tone="main"
          onPress={() => go({ page: 'hand-over', step: 'accept', pass })}
        >
          <b className="tile-count">{waiting}</b>
        </Tile>
      </div>
    );
  }
  return (
    <div className="result-ways">
      <Tile icon="check" textKey="handOver.nothing" onPress={() => go(home)} />
      <Tile
        icon="handOver"
        textKey="handOver.something"
        tone="main"
        onPress={() => go({ page: 'hand-over', step: 'leave', pass, draft: newHandOver() })}
      />
    </div>
  );
}
