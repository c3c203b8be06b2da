/** 意见 at the corner of the screen. What can be chosen stands in the shared words. */
export const complaintZh = {
  raise: {
    open: '意见',
    title: '意见与投诉',
    anonymous: '不记录是谁提的',
    sentences: '常用语（至多三句）',
    text: '说明（可不写）',
    send: '提交',
    receipt: '回执号',
    noteIt: '请记下：凭它在控制台查答复。{{count}} 天内答复。',
    failed: '没有送到，请再试一次',
  },
} as const;
