import { pino } from 'pino';

/** For parts that need a log and have nothing to say to a test. */
export const silentLog = pino({ level: 'silent' });
