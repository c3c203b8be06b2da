import type { ShiftKey } from '../shift.ts';
import type { HandOverState } from './hand-over.ts';
import type { HandOverSentence } from './hand-over-facts.ts';

/** GET /api/hand-overs?region=&state=open|all&before=&purpose=duty-watch (audited): open ones oldest first, all newest first. */
export interface HandOverLine {
  readonly itemId: string;
  readonly region: string;
  readonly terminalId: string;
  /** Of whoever left it. */
  readonly shift: ShiftKey;
  readonly state: HandOverState;
  readonly leftAt: string;
  /** Names; null = the register does not know them. */
  readonly leftBy: string | null;
  readonly sentences: readonly HandOverSentence[];
  /** Null = nothing was written, or it is gone. */
  readonly text: string | null;
  /** Why there is no text where something was written. */
  readonly gone: 'erased' | 'unreadable' | 'not-opened' | null;
  /** A recording at the terminal, so many seconds long; null = none. */
  readonly voiceSeconds: number | null;
  /** The newest acceptance. */
  readonly acceptedAt: string | null;
  readonly acceptedBy: string | null;
  readonly doneAt: string | null;
  readonly doneBy: string | null;
}
