import type { KioskCourseContent } from '@sightline/contracts';
import { useEffect, useState } from 'react';

const timeoutMs = 10_000;

/** Lessons and questions of a course that is here whole; null = not (yet). */
export function useContent(courseId: string, version: number | null): KioskCourseContent | null {
  const [content, setContent] = useState<KioskCourseContent | null>(null);
  useEffect(() => {
    if (version === null) return undefined;
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(timeoutMs)]);
    fetch(`/api/courses/${courseId}`, { signal })
      .then(async (reply) => {
        // The agent's own answer, whose shape the contracts fix.
        if (reply.ok) setContent((await reply.json()) as KioskCourseContent);
      })
      .catch(() => undefined); // The agent is gone: the page says so over everything.
    return () => stop.abort();
  }, [courseId, version]);
  return content?.courseId === courseId && content.version === version ? content : null;
}
