/** 申诉理由, as kiosk and console say them. */
export const appealZh = {
  appeal: {
    reason: {
      'terminal-broken': '终端有故障',
      'not-recognised': '来了，但没有识别到我',
      'name-used': '有人用了我的名字',
      'was-replaced': '已有人顶班',
      'on-leave': '当天请了假',
      'roster-wrong': '值班表排错了',
      other: '其他原因',
    },
  },
} as const;
