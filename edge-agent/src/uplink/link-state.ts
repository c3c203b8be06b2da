/** Why a link is down or troubled; `refused`: the centre does not accept the key; `dark`: on purpose. */
export type LinkCause = 'unreachable' | 'refused' | 'trouble' | 'dark' | 'not-enrolled' | null;

/** 链路状态, as it is shown: what is true, since when, and why. */
export interface LinkState {
  readonly state: 'up' | 'down';
  readonly since: string;
  readonly cause: LinkCause;
  /** A sentence when something keeps facts from leaving; null when all is well. */
  readonly detail: string | null;
}
