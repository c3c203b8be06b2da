import type { HandOverSentence, HandOverState } from '@sightline/contracts';

/** 交接班: what is left for the next shift and how far it is, as kiosk and console say it. */
export const handOverZh = {
  handOver: {
    sentence: {
      'road-closed': '道路中断',
      'water-rising': '水位上涨',
      'equipment-broken': '设备有故障',
      'visitor-expected': '有人来访，请接待',
      'follow-up-by-phone': '请电话跟进',
      'patrol-needed': '请加强巡查',
      'keys-handed-over': '钥匙物品已交',
      'nothing-special': '无特殊情况',
    } satisfies Record<HandOverSentence, string>,
    state: {
      left: '待接收',
      accepted: '已接收',
      done: '已办结',
    } satisfies Record<HandOverState, string>,
  },
} as const;
