/** 交接班 of a village. Sentences and states stand in the shared words. */
export const handOvers = {
  handOvers: {
    title: '交接班',
    open: '未办结',
    all: '全部',
    none: '没有未办结的交接事项',
    noneWhat: '值班人员签退时在终端留给下一班的事项，会列在这里。',
    left: '{{name}} 交班',
    accepted: '{{name}} 接收',
    done: '{{name}} 办结',
    somebody: '未登记人员',
    voice: '语音留言 {{count}} 秒，只在终端上',
    gone: {
      erased: '文字已到期删除',
      unreadable: '文字无法解封',
      'not-opened': '文字正在解封',
    },
  },
} as const;
