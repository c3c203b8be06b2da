import type { OutsideMessage } from '@sightline/contracts';

/** A message on its way out, with its words. */
export interface Outgoing extends OutsideMessage {
  readonly subject: string;
}

/** How one try ended. `again` false: trying once more would end the same way. */
export type Sent =
  | { readonly isSent: true; readonly detail: string | null }
  | { readonly isSent: false; readonly again: boolean; readonly detail: string };

/** 通知渠道. One way out of the installation; never throws for what the other side did. */
export interface Channel {
  readonly send: (message: Outgoing, signal: AbortSignal) => Promise<Sent>;
}

/** The ways this installation was given. */
export type Channels = ReadonlyMap<'email' | 'sms' | 'webhook', Channel>;
