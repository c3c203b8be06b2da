/** The whole agent, for a program of one's own around it; `index.ts` is the terminal without camera and kiosk. */
export { drawOf } from '#domain/challenge.ts';
export { readConfig, type AgentConfig } from '#config.ts';
export { startAgent, type Agent, type AgentDeps } from '#start-agent.ts';
