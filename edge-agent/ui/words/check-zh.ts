/** 在岗抽查 and 谁抽查过我, in Chinese: the language the others are translated from. */
export const checkZh = {
  check: {
    title: '在岗抽查',
    reason: {
      'weather-warning': '气象预警',
      'holiday-guard': '节日值守',
      'incident-nearby': '附近发生突发事件',
      'equipment-test': '测试设备',
      routine: '例行抽查',
    },
    by: '{{who}} 呼叫本村',
    left: '后结束',
    byFace: '人脸应答',
    byPin: '密码应答',
    callMe: '请给我回电话',
    later: '先返回，稍后应答',
    waits: '在岗抽查等待应答：{{reason}}',
    answered: '已应答，辛苦了',
    answeredLate: '已应答，但时间已过',
    lateHint: '应答已记录，算作迟到的应答',
    listTitle: '谁抽查过我们',
    none: '还没有人抽查过本村',
    hint: '最近 20 次。觉得抽查太多，可以点“意见”',
    outcome: {
      answered: '{{time}} {{name}} 应答',
      late: '{{time}} {{name}} 应答，已过时限',
      call: '{{time}} 请求回电',
      withdrawn: '已撤回',
      open: '正在等待应答',
      'too-late': '{{time}} 才送到，没有响铃',
      unanswered: '没有应答',
    },
  },
} as const;

/** Refusals of them. */
export const checkRefusalsZh = {
  'no-such-check': '本机没有这次抽查',
  'check-withdrawn': '这次抽查已撤回，不用应答',
  'check-over': '这次抽查已经结束',
} as const;
