import { expect, onTestFinished } from 'vitest';
import type { MeetingClient, MeetingOptions, MeetingSnapshot } from '#meeting-client.ts';
import { openMeeting } from '#open-meeting.ts';
import { scriptedBrowser } from './scripted-browser.ts';
import type { ScriptedMedia } from './scripted-media.ts';

/** A page that goes into the meeting; gone after the test. */
export function enter(server: ScriptedMedia, more: Partial<MeetingOptions> = {}) {
  const parts = scriptedBrowser();
  const client = openMeeting(
    { mediaUrl: server.url, seatToken: 'token', channel: 'floor', ...more },
    parts,
  );
  onTestFinished(() => client[Symbol.asyncDispose]());
  return { client, parts };
}

/** The first snapshot of which this is true. */
export function until(
  client: MeetingClient,
  is: (now: MeetingSnapshot) => boolean,
): Promise<MeetingSnapshot> {
  return new Promise((resolve) => {
    const look = (): void => {
      const now = client.snapshot();
      if (!is(now)) return;
      leave();
      resolve(now);
    };
    const leave = client.subscribe(look);
    look();
  });
}

/** The body of what was asked so many times. */
export async function asked(server: ScriptedMedia, name: string, times = 1): Promise<unknown> {
  const found = () => server.asked.filter((one) => one.name === name);
  await expect.poll(() => found().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(times);
  return found().at(-1)?.body;
}

export const isIn = ({ phase }: MeetingSnapshot): boolean => phase === 'in';
