/** Silence a terminal may keep and still be 可联通: two and a half beats of 30 s. */
export const onlineSilenceMs = 75_000;
/** Silence after which a terminal is 断开 and no longer 不稳. */
export const staleSilenceMs = 5 * 60_000;
/** A closed connection may come back this fast without being called unsteady. */
export const reconnectGraceMs = 10_000;
/** The broker renews its row every 5 s or faster; after three missed renewals it is not listening. */
export const brokerSilenceMs = 15_000;

/** Terminals of one county that fell silent this close to each other fell silent together. */
export const darkTogetherGapMs = 90_000;
/** Falling silent together is one cause and one line from this many on … */
export const darkTogetherAtLeast = 5;
/** … that are this share of the equipped there: of 179 terminals on weak links five are unsteady by chance. */
export const darkTogetherShare = 0.08;
/** 等待处理 never carries more lines than a person can read. */
export const attentionAtMost = 100;

/** The page holds this many feed lines; folding needs more than the 12 it shows. */
export const feedHeld = 360;
export const feedShown = 12;
/** 24 h in steps of 5 minutes. */
export const stripBuckets = 288;
export const stripBucketMs = 5 * 60_000;

/** Without a pulse for this long the page no longer vouches for anything it shows. */
export const pulseSilenceMs = 3000;
