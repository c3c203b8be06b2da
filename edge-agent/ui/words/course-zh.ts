/** 课程, in Chinese: the language the others are translated from. */
export const courseZh = {
  course: {
    title: '课程',
    link: '{{count}} 门课程',
    linkOpen: '{{count}} 门课程，{{open}} 门还没有人完成',
    none: '没有课程',
    hint: '课程夜里自动下载，学习和答题都不用网络。只记录答题结果，不记录看了多久',
    due: '{{date}} 前完成',
    state: {
      waiting: '等待夜间下载',
      downloading: '正在下载 {{percent}}%',
      ready: '可以学习',
      'no-space': '磁盘空间不够，请联系运维',
      failed: '下载中断，会自动继续',
    },
    passedBy: '{{count}} 人合格',
    downloadNow: '现在下载',
    gone: '这门课程已撤回',
    notHere: '课程还没有下载完',
    lessons: '课程内容',
    toQuiz: '去答题',
    rules: '{{questions}} 题，答对 {{percent}}% 合格，每人可答 {{tries}} 次',
    nextLesson: '下一课',
    who: '谁来答题？请点自己的名字',
    passed: '已合格',
    triesLeft: '还可答 {{count}} 次',
    question: '第 {{nth}} 题，共 {{of}} 题',
    single: '选一项',
    multiple: '选所有对的',
    next: '下一题',
    handIn: '交卷',
    enter: '输入自己的密码交卷',
    resultPassed: '合格',
    resultFailed: '未合格',
    score: '答对 {{score}} 题，共 {{of}} 题',
    toLesson: '回到课程',
    noPlay: '这段录像放不出来，请联系乡镇',
  },
} as const;

/** Refusals of them. */
export const courseRefusalsZh = {
  'no-such-course': '这门课程已撤回',
  'course-not-here': '课程还没有下载完',
  'no-tries-left': '已经没有答题次数了',
  'not-its-answers': '答案与这份试题不符，请重新答题',
  'no-link': '未联通，联通后会自动下载',
} as const;
