/** 外出 at the kiosk. */
export const absenceZh = {
  absence: {
    ask: '报外出',
    title: '哪几天外出？',
    from: '从',
    to: '到',
    earlier: '早一天',
    later: '晚一天',
    hint: '不问原因。断网也能报，由乡镇批准',
    send: '报上去',
    kept: '已收好，等批准',
    next: '批准后不再排您的班，也不打电话催',
    state: { waiting: '等批准', approved: '已批准', refused: '未批准', withdrawn: '已撤销' },
    weekday: { 1: '周一', 2: '周二', 3: '周三', 4: '周四', 5: '周五', 6: '周六', 7: '周日' },
  },
} as const;

export const absenceRefusalsZh = {
  'absence-past': '这几天已经过去，请重选',
  'absence-backwards': '结束早于开始，请重选',
  'absence-too-long': '一次最多 92 天，请分开报',
  'absence-too-far': '最多提前一年报',
  'no-such-day': '没有这一天，请重选',
  'absences-wait': '您已有几项在等批准，请找乡镇',
} as const;
