/** 账号与本人. */
export const ownPerson = {
  ownPerson: {
    button: '本人',
    title: '{{login}} 是哪位村干部',
    lead: '连到本人后，此账号不能批准与本人有关的更正、申诉、换班、请假和外出。解除之后，本人经手过的班次仍不能由此账号批准。',
    none: '没有连到村里的人员',
    of: '已连到 {{place}} 的一名人员',
    village: '村',
    chooseVillage: '先选择村',
    nobody: '该村还没有人员',
    link: '是此人',
    linked: '已连到另一账号',
    end: '解除',
    endAsk: '解除 {{login}} 与本人的连接？',
    notYourself: '自己是谁由另一位安全管理员办理',
    endWhat: '今后的班次不再受限，以前的仍受限。',
  },
};

export const ownPersonProblem = {
  'own-matter': '这件事与您本人有关：请乡镇的另一位值守员、组织员或县里办理。',
  'account-closed': '该账号已停用。',
  'account-linked': '该账号已连到一名人员：先解除。',
  'person-linked': '此人已连到另一账号：先解除。',
  'not-linked': '该账号没有连到任何人员。',
};
