import type { RouteDeps } from '#server/route-deps.ts';
import { under } from '#server/rule.ts';
import type { ImportRunner } from './import-runner.ts';

/** What the routes of imports use: the runner starts with the server and ends with it. */
export interface ImportDeps extends RouteDeps {
  readonly runner: () => ImportRunner;
}

const asked = { action: 'import-register', purpose: 'register-upkeep' } as const;

/** What every route of imports asks for, and those of one import. */
export const importRule = under({ ...asked, of: 'scope' });
export const importRuleOfOne = under({ ...asked, of: 'import' });
