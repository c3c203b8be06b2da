/** 外出. */
export const absences = {
  absences: {
    lead: '只记谁在哪几天外出，不问原因。排班与补班会避开外出的人，也不会打电话催他们。班次按开始那天算。',
    enter: '登记外出',
    person: '人员',
    choose: '请选择',
    from: '从',
    to: '到',
    chooseAll: '先选人员和日期',
    none: '现在没有人外出',
    noneWhat: '乡镇可在这里登记，本人也可在终端“我的值班”中报外出。',
    atTerminal: '本人在终端报',
    by: '{{login}} 登记',
    decidedBy: '{{login}} 批准',
    refusedBy: '{{login}} 未批准',
    withdrawnBy: '{{login}} 撤销',
    held: '这几天仍排着 {{count}} 班',
    free: '这几天没有排班',
    approve: '批准',
    refuse: '不批准',
    withdraw: '撤销',
    show: { open: '现在与今后', all: '全部' },
    state: { asked: '待批准', approved: '已批准', refused: '未批准', withdrawn: '已撤销' },
    record: '登记与批准',
    today: '外出：{{names}}',
    away: '外出',
  },
};

export const absenceProblem = {
  'no-such-absence': '没有这条外出记录，请刷新。',
  'absence-backwards': '结束日期早于开始日期。',
  'absence-too-long': '一次最多 92 天：其余另行登记。',
  'absence-past': '这几天已经过去。',
  'absence-too-far': '最多提前一年登记。',
  'person-away': '此人那天外出：请换一人，或先撤销外出。',
};
