import type { FastifyInstance } from 'fastify';
import { passwordChecker } from './passwords.ts';
import type { PasswordsQueue } from './passwords-queue.ts';
import type { RouteDeps } from './route-deps.ts';
import { accessRoutes } from './routes/access-routes.ts';
import { accountSessionRoutes } from './routes/account-session-routes.ts';
import { auditRoutes } from './routes/audit-routes.ts';
import { complaintRoutes } from './routes/complaint-routes.ts';
import { compositionRoutes } from './routes/composition-routes.ts';
import { consentRoutes } from './routes/consent-routes.ts';
import { exportComplaintRoutes } from './routes/export-complaint-routes.ts';
import { exportRegisterRoutes } from './routes/export-register-routes.ts';
import { exportRoutes } from './routes/export-routes.ts';
import { contactPointRoutes } from './routes/contact-point-routes.ts';
import { handOverRoutes } from './routes/hand-over-routes.ts';
import { importRoutes } from './routes/import-routes.ts';
import { ladderRoutes } from './routes/ladder-routes.ts';
import { ledgerRoutes } from './routes/ledger-routes.ts';
import { memberRoutes } from './routes/member-routes.ts';
import { noticeRoutes } from './routes/notice-routes.ts';
import { organisationRoutes } from './routes/organisation-routes.ts';
import { peopleRoutes } from './routes/people-routes.ts';
import { qualityRoutes } from './routes/quality-routes.ts';
import { regionChangeRoutes } from './routes/region-change-routes.ts';
import { regionRoutes } from './routes/region-routes.ts';
import { rosterChangeRoutes } from './routes/roster-change-routes.ts';
import { rosterFileRoutes } from './routes/roster-file-routes.ts';
import { rosterReadRoutes } from './routes/roster-read-routes.ts';
import { rosterTroubleRoutes } from './routes/roster-trouble-routes.ts';
import { openFactorKey } from './second-factor-key.ts';
import { secondFactorRoutes } from './routes/second-factor-routes.ts';
import { sessionRoutes } from './routes/session-routes.ts';
import { correctionRoutes } from './routes/correction-routes.ts';
import { shiftChangeRoutes } from './routes/shift-change-routes.ts';
import { spotCheckRoutes } from './routes/spot-check-routes.ts';
import { terminalRoutes } from './routes/terminal-routes.ts';
import { troubleRoutes } from './routes/trouble-routes.ts';
import { villageRoutes } from './routes/village-routes.ts';

/** Every route of the console. */
export async function registerRoutes(
  app: FastifyInstance,
  { queue, ...deps }: RouteDeps & { readonly queue: PasswordsQueue },
): Promise<void> {
  sessionRoutes(app, { ...deps, checkPassword: await passwordChecker(), queue });
  secondFactorRoutes(app, { ...deps, factorKey: openFactorKey(deps.config.registerKeyFile) });
  regionRoutes(app, deps);
  villageRoutes(app, deps);
  peopleRoutes(app, deps);
  rosterReadRoutes(app, deps);
  rosterTroubleRoutes(app, deps);
  rosterChangeRoutes(app, deps);
  rosterFileRoutes(app, deps);
  shiftChangeRoutes(app, deps);
  correctionRoutes(app, deps);
  organisationRoutes(app, deps);
  memberRoutes(app, deps);
  compositionRoutes(app, deps);
  importRoutes(app, deps);
  regionChangeRoutes(app, deps);
  consentRoutes(app, deps);
  complaintRoutes(app, deps);
  ledgerRoutes(app, deps);
  spotCheckRoutes(app, deps);
  noticeRoutes(app, deps);
  terminalRoutes(app, deps);
  troubleRoutes(app, deps);
  auditRoutes(app, deps);
  accessRoutes(app, deps);
  qualityRoutes(app, deps);
  exportRoutes(app, deps);
  exportRegisterRoutes(app, deps);
  exportComplaintRoutes(app, deps);
  ladderRoutes(app, deps);
  handOverRoutes(app, deps);
  contactPointRoutes(app, deps);
  accountSessionRoutes(app, deps);
}
