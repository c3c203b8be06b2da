/** 我的值班 and 申诉. */
export const ownDutiesZh = {
  ownDuties: {
    open: '我的值班',
    enter: '请输入您自己的密码',
    title: '我最近的值班',
    none: '这几天没有您的值班',
    hint: '申诉由两个人分别办理，原记录始终保留',
    notHere: '本机没有这一班的签到',
    here: '本机 {{time}} 签到',
    appeal: '申诉',
    said: '已申诉：{{reason}}',
    why: '哪里不对？',
    chooseFirst: '请选理由',
    send: '提交申诉',
    writeHint: '最多二百字，加密送达；请不要写别人的名字',
    kept: '申诉已收好',
    twoPeople: '将由两个人分别办理',
    span: { day: '白班', night: '夜班', full: '全天' },
    post: { lead: '带班', watch: '值班', standby: '备勤' },
  },
} as const;

export const ownDutiesRefusalsZh = {
  'no-such-duty': '本机没有您的这一班，请返回再看',
} as const;
