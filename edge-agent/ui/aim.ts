/** What somebody proves themselves for: 签到, 签退, 交接. */
export type Aim = 'check-in' | 'check-out' | 'hand-over';
