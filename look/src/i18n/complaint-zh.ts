import type { ComplaintKind, ComplaintSentence, ComplaintStanding } from '@sightline/contracts';

/** 意见: what is chosen, how far it is and its clock, as kiosk, console and screen say them. */
export const complaintZh = {
  complaint: {
    kind: {
      suggestion: '建议',
      complaint: '投诉',
      'wrong-record': '记录有误',
    } satisfies Record<ComplaintKind, string>,
    sentence: {
      'not-recognised': '我没有被正确识别',
      'wrong-time': '签到时间或班次有误',
      'someone-else-checked-in': '有人替别人签到',
      'terminal-broken': '终端坏了',
      'nobody-answers': '求助没有人答复',
      'too-many-checks': '检查和签到太多',
      'looked-at-me': '有人查看我的信息',
      'please-call': '请来电话',
    } satisfies Record<ComplaintSentence, string>,
    state: {
      waiting: '已保存在本机，等待上级回音',
      received: '已收到',
      'taken-up': '正在处理',
      answered: '已答复',
      reopened: '已再次提出',
    } satisfies Record<ComplaintStanding['state'], string>,
    clock: { left: '还有 {{count}} 天', over: '已超 {{count}} 天' },
  },
} as const;
