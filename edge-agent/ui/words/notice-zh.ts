/** 通知, in Chinese: the language the others are translated from. */
export const noticeZh = {
  notice: {
    title: '通知',
    unread: '{{count}} 条通知未读',
    allRead: '通知（都已阅读）',
    none: '没有通知',
    hint: '最近的通知。断网也能阅读，回执联网后送出',
    important: '重要',
    by: '{{who}} 发布',
    readBefore: '请在 {{time}} 前阅读',
    read: '我已阅读',
    sign: '用密码签收',
    readAt: '{{time}} 已阅读',
    signedAt: '{{time}} {{name}} 已签收',
    notRead: '未读',
    gone: '这条通知已撤回',
  },
} as const;

/** Refusals of them. */
export const noticeRefusalsZh = {
  'no-such-notice': '这条通知已撤回',
  'sign-by-pin': '重要通知请用自己的密码签收',
} as const;
