export { shootConsole } from './shoot-console.ts';
export { shootScreen } from './shoot-screen.ts';
