import type { MediaHealth, RoomLink } from '@sightline/contracts';
import type { MediaKeys } from '@sightline/store';
import { noMediaKeys, openMediaKeys, type Keys, type MediaSettings } from './media-keys.ts';

/** What routes need to know of the media server; the link keeps it true. */
export interface MediaState {
  /** What terminals are told; empty where there is no media server. */
  readonly told: MediaKeys;
  /** Null = no media server belongs to this centre. */
  readonly keys: Keys | null;
  readonly settings: MediaSettings | null;
  /** Null = no media server belongs to this centre. */
  readonly health: () => MediaHealth | null;
  readonly noteHealth: (health: MediaHealth) => void;
  /** Whether it can be known who is in a room. */
  readonly link: () => RoomLink;
  /** The link begins, or (null) it broke. */
  readonly noteLink: (since: Temporal.Instant | null) => void;
}

const linkDown: MediaHealth = {
  state: 'no-link',
  workers: 0,
  detail: 'The media server is not connected to the centre. Start it, or look at its log.',
};

/** The link stands, and the media server has not said yet how it is. */
const preparing: MediaHealth = { state: 'preparing', workers: 0, detail: '' };

export function openMediaState(settings: MediaSettings | null): MediaState {
  const keys = settings === null ? null : openMediaKeys(settings);
  let health: MediaHealth = linkDown;
  let link: RoomLink = { state: keys === null ? 'none' : 'down' };
  return {
    told: keys ?? noMediaKeys,
    keys,
    settings,
    health: () => (keys === null ? null : health),
    noteHealth: (said) => {
      health = said;
    },
    link: () => link,
    noteLink: (since) => {
      health = since === null ? linkDown : preparing;
      link = since === null ? { state: 'down' } : { state: 'up', since: since.toString() };
    },
  };
}
