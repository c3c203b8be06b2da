/** 链路状态, as it is shown: what is true, since when, and why. */
export interface LinkState {
  readonly state: 'up' | 'down';
  readonly since: string;
  /** A sentence when something keeps facts from leaving; null when all is well. */
  readonly detail: string | null;
}
