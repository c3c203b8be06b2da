import type { FastifyReply } from 'fastify';
import type { CentreConfig } from '#config.ts';
import { limits } from '#limits.ts';

const secondsPerMinute = 60;
const secondsPerDay = 86_400;

const common = { path: '/', httpOnly: true, sameSite: 'strict' } as const;

/** Whether browsers reach this centre over TLS: its own, or a proxy's for the public hosts. */
export function isReachedByTls(config: Pick<CentreConfig, 'tls' | 'publicHosts'>): boolean {
  return config.tls !== null || config.publicHosts.length > 0;
}

export function setAccountCookie(reply: FastifyReply, token: string, secure: boolean): void {
  const maxAge = limits.sessionAbsoluteMinutes * secondsPerMinute;
  void reply.setCookie(reply.server.cookieNames.account, token, { ...common, secure, maxAge });
}

export function clearAccountCookie(reply: FastifyReply, secure: boolean): void {
  void reply.clearCookie(reply.server.cookieNames.account, { ...common, secure });
}

export function setViewerCookie(reply: FastifyReply, token: string, secure: boolean): void {
  const maxAge = limits.viewerCookieDays * secondsPerDay;
  void reply.setCookie(reply.server.cookieNames.viewer, token, { ...common, secure, maxAge });
}
