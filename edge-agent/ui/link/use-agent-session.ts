import { useEffect } from 'react';
import type { Aim } from '../aim.ts';
import type { Go } from '../route.ts';
import { ask, isDenied } from './api.ts';
import { useLink } from './use-kiosk.ts';

/** Which session of the agent a page wants. The body is text, so that equal wishes are one. */
export interface SessionWish {
  readonly path:
    | `/api/${Aim}/face`
    | '/api/enrol'
    | '/api/spot-check/face'
    | '/api/meetings/present/face'
    | '/api/course/hand-in/face';
  readonly body: string;
  /** False: the agent began it by itself, and the page only shows it. */
  readonly isAsked: boolean;
}

/** One session of the agent for as long as this page shows a picture; a "no" fills the screen. */
export function useAgentSession(
  isReady: boolean,
  { path, body, isAsked }: SessionWish,
  go: Go,
): void {
  const link = useLink();
  useEffect(() => {
    if (!isReady) return undefined;
    let isHere = true;
    if (isAsked) {
      link.forgetGuide();
      void ask(path, Object(JSON.parse(body))).then((answer) => {
        if (!isHere || !isDenied(answer)) return;
        const { denied: code, detail } = answer;
        go({ page: 'result', answer: { outcome: 'refused', code, detail } });
      });
    }
    return () => {
      isHere = false;
      void ask('/api/session/cancel', {});
    };
  }, [isReady, path, body, isAsked, go, link]);
}
