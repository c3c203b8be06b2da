import { topicOf, type Leaf, type TerminalAddress } from '@sightline/contracts';

/** What one connected source may touch: its own address, nothing else. */
export interface Access {
  readonly facts: string;
  readonly beat: string;
  readonly ack: string;
  readonly desired: string;
}

/** A wish of a connected client, as the wire says it. */
export type Wish =
  | {
      readonly kind: 'publish';
      readonly topic: string;
      readonly qos: number;
      readonly retain: boolean;
    }
  | { readonly kind: 'subscribe'; readonly filter: string };

export type Verdict =
  | { readonly allowed: true; readonly leaf: Leaf }
  | { readonly allowed: false; readonly reason: string };

export function accessOf(address: TerminalAddress): Access {
  return {
    facts: topicOf(address, 'facts'),
    beat: topicOf(address, 'beat'),
    ack: topicOf(address, 'ack'),
    desired: topicOf(address, 'desired'),
  };
}

/**
 * The one rule of who may do what: a terminal publishes its own facts (QoS 1) and beat, and subscribes
 * to its own ack and desired, by their exact names. Everything else is refused, `$SYS` included.
 */
export function decideAccess(access: Access, wish: Wish): Verdict {
  return wish.kind === 'publish'
    ? decidePublish(access, wish)
    : decideSubscribe(access, wish.filter);
}

function decidePublish(access: Access, wish: Wish & { kind: 'publish' }): Verdict {
  const leaf = wish.topic === access.facts ? 'facts' : wish.topic === access.beat ? 'beat' : null;
  if (leaf === null) return no(`"${wish.topic}" is not this terminal's to publish on`);
  if (wish.retain) return no('a terminal may not retain messages');
  if (leaf === 'facts' && wish.qos !== 1) return no(`facts come with QoS 1, not ${wish.qos}`);
  return { allowed: true, leaf };
}

function decideSubscribe(access: Access, filter: string): Verdict {
  if (filter === access.ack) return { allowed: true, leaf: 'ack' };
  if (filter === access.desired) return { allowed: true, leaf: 'desired' };
  return no(`"${filter}" is not this terminal's to subscribe to`);
}

function no(reason: string): Verdict {
  return { allowed: false, reason };
}
