import type { ReactElement } from 'react';
import { zh } from '../words/zh.ts';
import { TwoLines } from './TwoLines.tsx';

/** The text of a refusal's code; a code nobody translated is a fault. */
export function refusalKey(code: string): string {
  return `refusal.${Object.hasOwn(zh.refusal, code) ? code : 'fault'}`;
}

/** Why not, and what to do; takes its room also when there is nothing to say. */
export function RefusalText({ code }: { readonly code: string | null }): ReactElement {
  return (
    <div className="refusal" role="alert">
      {code !== null && <TwoLines textKey={refusalKey(code)} />}
    </div>
  );
}
