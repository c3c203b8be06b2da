import type { FastifyReply } from 'fastify';
import { limits } from '#limits.ts';
import { accountCookie, viewerCookie } from './read-viewer.ts';

const secondsPerMinute = 60;
const secondsPerDay = 86_400;

const common = { path: '/', httpOnly: true, sameSite: 'strict' } as const;

export function setAccountCookie(reply: FastifyReply, token: string, secure: boolean): void {
  const maxAge = limits.sessionAbsoluteMinutes * secondsPerMinute;
  void reply.setCookie(accountCookie, token, { ...common, secure, maxAge });
}

export function clearAccountCookie(reply: FastifyReply, secure: boolean): void {
  void reply.clearCookie(accountCookie, { ...common, secure });
}

export function setViewerCookie(reply: FastifyReply, token: string, secure: boolean): void {
  const maxAge = limits.viewerCookieDays * secondsPerDay;
  void reply.setCookie(viewerCookie, token, { ...common, secure, maxAge });
}
