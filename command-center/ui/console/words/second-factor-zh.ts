/** 双因素: the words of the second factor, in Chinese. */
export const secondFactor = {
  setUp: {
    title: '设置双因素登录',
    lead: '管理员登录须在密码之外再证明一次：手机上的动态口令应用每 30 秒给出一个六位码。',
    scan: '用手机上的动态口令应用扫描此码',
    scanWhat: '任何支持 TOTP 的应用都可以，不需要联网。',
    byHand: '不能扫描时，手工输入此密钥：',
    qr: '动态口令的二维码',
    code: '应用给出的六位码',
    confirm: '确认并开启',
  },
  prove: {
    title: '输入动态口令',
    lead: '打开手机上的动态口令应用，输入“Sightline”一项的六位码。',
    code: '六位码',
    enter: '进入',
    lost: '手机不在身边？用备用码',
    byRecovery: '备用码',
    recoveryHint: '24 个字母或数字，每个只能用一次',
    toApp: '改用动态口令应用',
    lostAll: '备用码也没有：请在指挥中心主机上运行重置命令，见运维手册。',
  },
  codes: {
    title: '保存备用码',
    lead: '手机丢失时，每个备用码可代替一次动态口令。现在打印或抄下，离开此页后不再显示。',
    of: '{{login}} 的备用码 · {{at}}',
    print: '打印',
    done: '已保存，继续',
  },
  section: {
    title: '双因素登录',
    on: '已开启：每次登录须输入动态口令。',
    off: '未开启。开启后，每次登录除密码外还须输入动态口令。',
    left: '还有 {{count}} 个备用码。',
    few: '备用码快用完了，请重新生成。',
    start: '开启',
    renew: '重新生成备用码',
    renewWhat: '原有备用码立即作废。',
    change: '更换手机',
    changeWhat: '原手机上的动态口令立即作废，随后在新手机上重新设置。',
    stop: '关闭双因素',
    stopWhat: '此后登录只需密码。',
    code: '六位码或备用码',
    cancel: '取消',
  },
} as const;

/** Why a code was not taken. */
export const secondFactorProblem = {
  'wrong-code': '此码不对、已过期或已用过。请等下一个码，并核对手机时间。',
  'too-many-codes': '错误的码太多，请 15 分钟后再试。',
  'second-factor-needed': '请先完成双因素验证。',
  'second-factor-set-up': '双因素已经设置，请刷新。',
  'second-factor-locked': '错误的码已达 100 次：请用备用码，或在主机上重置。',
  'no-second-factor': '没有待确认的双因素，请重新扫描。',
  'no-factor-key':
    '服务器没有双因素密钥：请运维人员设置 SIGHTLINE_REGISTER_KEY_FILE 并重新启动指挥中心。',
  'other-factor-key': '服务器的密钥文件不是原来的：请运维人员放回原文件，或使用备用码。',
} as const;
