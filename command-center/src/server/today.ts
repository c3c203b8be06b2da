import type { RouteDeps } from './route-deps.ts';

/** The day it is in the villages, `2026-11-26`. */
export function todayOf({ now }: Pick<RouteDeps, 'now'>): string {
  return now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString();
}
