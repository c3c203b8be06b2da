import type { Action, Purpose } from '#domain/access.ts';

/**
 * 准入规则. What a route asks of whoever calls it. Every route names one; the server does not start with
 * a route that has none.
 */
export type RouteRule =
  /** For everybody: pages, health, signing in. `why` says why that is right. */
  | { readonly door: 'open'; readonly why: string }
  /**
   * For any signed-in account, about itself. `unproven`: also before its second factor is proved, which
   * is what the routes that prove it are.
   */
  | { readonly door: 'account'; readonly unproven?: true }
  /** For any account and any screen, about itself. */
  | { readonly door: 'viewer' }
  | ActionRule;

export interface ActionRule {
  readonly action: Action;
  /** Where it is done: how the region of a request is found (`places.ts`). */
  readonly of: PlaceKind;
  /** A page of the screen: its own link counts before an account signed in in the same browser. */
  readonly as?: 'screen';
  /**
   * What stands in the audit beside what was done. `asked`: the caller says why they read
   * (`?purpose=`), one of those the access table grants the role.
   */
  readonly purpose?: 'asked' | Purpose | Upkeep;
}

/** Why something is changed, where it is not for one of the purposes of reading. */
export type Upkeep = 'record-upkeep' | 'terminal-upkeep' | 'access-upkeep' | 'region-upkeep';

/** How the region of a request is found. */
export type PlaceKind =
  /** A list: `?region=` inside what the caller may see. */
  | 'scope'
  /** `:region` of the path: a village. */
  | 'village'
  /** `region` of the body. */
  | 'body'
  | 'person'
  | 'terminal'
  | 'account'
  | 'screen'
  | 'organisation'
  | 'member'
  | 'import'
  | 'complaint'
  | 'shift-change'
  | 'absence'
  | 'correction'
  | 'spot-check'
  | 'notice'
  | 'course';

declare module 'fastify' {
  interface FastifyContextConfig {
    rule?: RouteRule;
  }
}

/** The options of a route under this rule. */
export function under<R extends RouteRule>(rule: R): { readonly config: { readonly rule: R } } {
  return { config: { rule } };
}
