import { appealZh } from './appeal-zh.ts';
import { complaintZh } from './complaint-zh.ts';
import { handOverZh } from './hand-over-zh.ts';

/** The words all pages share, in Chinese: the language the others are translated from. */
export const zh = {
  status: {
    'not-equipped': '未配备',
    online: '可联通',
    stale: '信号不稳',
    offline: '断开',
    unknown: '未知',
  },
  duty: { onDuty: '有人值守', nobody: '无人值守' },
  link: {
    up: '已联通',
    down: '未联通',
    unknown: '联通情况未知',
    since: '已 {{since}}',
    waiting: '待发 {{count}} 条',
    nothingWaiting: '全部已送达',
  },
  alarm: {
    1: 'Ⅰ级 特别重大',
    2: 'Ⅱ级 重大',
    3: 'Ⅲ级 较大',
    4: 'Ⅳ级 一般',
    one: '告警',
    drill: '演练',
  },
  place: {
    villages: '{{count}} 村',
    hive: '蜂巢图：一格一村，位置为示意',
  },
  button: {
    ok: '确定',
    cancel: '取消',
    back: '返回',
    retry: '重试',
    close: '关闭',
    language: '语言',
  },
  ...complaintZh,
  ...handOverZh,
  ...appealZh,
  safety: { help: '求助', holdThreeSeconds: '按住 3 秒', evacuate: '请立即到安全地点' },
  broken: {
    title: '这一页没有打开',
    why: '可能是网络中断，或系统刚升级。已提交的内容都已保存。',
    remedy: '请重新加载；仍不行，请联系系统管理员。',
    byItself: '{{seconds}} 秒后自动重新加载；仍不行，请联系系统管理员。',
    reload: '重新加载',
  },
  note: {
    demo: '演示数据为合成',
    unverifiedTibetan: '藏文未经审校',
    computedCalendar: '藏历为推算',
  },
} as const;
