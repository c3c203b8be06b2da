/** Keys, export, and pages somebody may not see. */
export const keys = {
  help: {
    title: '键盘与帮助',
    search: '查找地区',
    down: '下一行',
    up: '上一行',
    open: '打开所选',
    act: '办理所选（应用导入、受理意见）',
    export: '导出列表',
    help: '打开此帮助',
    close: '关闭窗口',
    audit: '每次读取姓名都会记入审计：谁、何处、何事由。',
  },
  export: {
    button: '导出',
    xlsx: 'Excel 工作簿 (.xlsx)',
    csv: '纯文本 (.csv)',
    most: '整个列表，最多 {{rows}} 行',
    audited: '整个列表，最多 {{rows}} 行；含姓名，导出会记入审计',
  },
  row: { expand: '展开此行', collapse: '收起此行' },
  notYours: {
    what: '您的角色：{{roles}}。',
    go: '去“{{page}}”',
  },
} as const;
