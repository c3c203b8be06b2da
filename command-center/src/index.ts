export type { CentreConfig } from './config.ts';
export { readConfig } from './config.ts';
export { startCentre, type Centre, type CentreDeps } from './start-centre.ts';
