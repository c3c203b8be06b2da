import { writeDemoWorkbooks } from './demo-register-workbooks.ts';

/** Writes the demo's two workbooks into the folder it is given; a process of its own, for it computes. */
process.on('disconnect', () => process.exit(1));
const [dir] = process.argv.slice(2);
if (dir === undefined) throw new Error('Usage: demo-register-main.ts FOLDER');
await writeDemoWorkbooks(dir);
process.send?.({ ready: true });
process.disconnect?.();
process.exit(0);
