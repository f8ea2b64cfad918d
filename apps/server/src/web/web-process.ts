import { pathToFileURL } from 'node:url';

// The pages' server ends with the server that started it, however that ended: its channel closes.
process.once('disconnect', () => process.exit(0));
process.once('SIGINT', () => undefined);

const script = process.argv[2];
if (!script) throw new Error('the script of the pages is missing');
await import(pathToFileURL(script).href);
