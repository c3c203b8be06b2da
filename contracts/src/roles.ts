import Type, { type Static } from 'typebox';

/** Why names are read; stands in the audit beside who read them. */
export const ReadingPurpose = Type.Union([
  Type.Literal('duty-watch'),
  Type.Literal('roster-upkeep'),
  Type.Literal('vouching'),
  Type.Literal('consent-upkeep'),
  Type.Literal('register-upkeep'),
  Type.Literal('data-quality'),
  Type.Literal('subject-request'),
  Type.Literal('complaint'),
  Type.Literal('training'),
]);
export type ReadingPurpose = Static<typeof ReadingPurpose>;

/** 系统管理员, 安全管理员, 审计管理员 (three people), 值守员, 组织员, 查看者. */
export const AccountRole = Type.Union([
  Type.Literal('system-administrator'),
  Type.Literal('security-administrator'),
  Type.Literal('audit-administrator'),
  Type.Literal('dispatcher'),
  Type.Literal('registrar'),
  Type.Literal('viewer'),
]);
export type AccountRole = Static<typeof AccountRole>;
