import { fileURLToPath } from 'node:url';
import { ensureWeights } from '@sightline/models/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { rootDir } from './testing/fixture.ts';
import { runInOwnNetwork, whyNoNetwork } from './testing/own-network.ts';
import { ensurePages } from './testing/pages.ts';
import type { RelayPages } from './testing/relay-pages.ts';
import { print } from './testing/trials.ts';

const program = fileURLToPath(new URL('testing/meeting-relay-pages-main.ts', import.meta.url));
const reason = whyNoNetwork('meeting-relay-pages');

/** A stay is known to the second, and there are three. */
const sharpMs = 5_000;

/** What the kiosk calls it when neither picture nor voice gets through. */
const lost: Readonly<Record<string, RegExp>> = {
  zh: /^画面和声音过不来/u,
  bo: /^བརྙན་དང་སྐད་མི་འབྱོར།/u,
  en: /^Picture and voice do not get through/u,
};

describe.skipIf(reason !== null)(
  'the pages of a village that media reaches by coturn alone',
  () => {
    let meeting: RelayPages;
    beforeAll(async () => {
      await ensureWeights();
      await ensurePages(rootDir);
    }, 400_000);

    it('meet: pictures are decoded and voices heard at both, and all media of the kiosk goes through the relay', () => {
      meeting = runInOwnNetwork(program, [], 800_000) as RelayPages; // What it prints itself.
      print(`meeting-relay-pages: ${JSON.stringify(meeting)}`);
      const { villagePaths, seen, voices, loudest } = meeting;
      expect(villagePaths.map(({ near, relayedOver }) => [near, relayedOver])).toEqual([
        ['relay', 'tls'],
        ['relay', 'tls'],
      ]);
      expect(Object.values(seen).every((frames) => frames > 20)).toBe(true);
      for (const { sent, received } of Object.values(voices)) {
        expect([sent > 50, received > 50]).toEqual([true, true]);
      }
      expect(Object.values(loudest).every((most) => most > 0.01)).toBe(true);
    }, 900_000);

    it('come back without a touch after coturn was killed and started, at once or after a long while', () => {
      expect(meeting.backAfterKillS).toBeGreaterThan(0);
      // Fifteen seconds until it enters anew, and the ladder from text alone up to a picture.
      expect(meeting.backAfterAwayS).toBeGreaterThan(0);
    });

    it('say in each language what is wrong while coturn is away, and show no picture that is black', () => {
      expect(meeting.away.map(({ language }) => language)).toEqual(['zh', 'bo', 'en']);
      for (const { language, words, videos } of meeting.away) {
        expect(words).toMatch(lost[language] ?? '');
        expect([language, videos]).toEqual([language, 0]);
      }
      expect(meeting.away[0]?.afterS).toBeLessThan(20);
    });

    it('have the village’s minutes in the list of who was there: those in which packets flowed', () => {
      const { presentMs, rejoins, leastMs, mostMs } = meeting.attendance;
      expect(presentMs).toBeGreaterThan(leastMs - sharpMs);
      expect(presentMs).toBeLessThan(mostMs + sharpMs);
      expect(rejoins).toBeGreaterThan(0);
    });
  },
);
