import { meetingTroubleZh } from '../words/meeting-zh.ts';

/** The words for a code of the media client or its server; one sentence for all that have none. */
export function troubleKey(code: string): string {
  return Object.hasOwn(meetingTroubleZh.trouble, code) ? `trouble.${code}` : 'trouble.other';
}
