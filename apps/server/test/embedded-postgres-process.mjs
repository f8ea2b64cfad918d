// A server process reduced to its embedded PostgreSQL. Arguments: data folder, and a uid to become first.
// Prints one line of JSON when PostgreSQL runs, or when it could not be had; stops it at the end of stdin.
import { startEmbeddedPostgres } from '../dist/embedded/index.js';

const [dataDir, uid] = process.argv.slice(2);
if (uid) {
  process.setgroups([]);
  process.setgid(Number(uid));
  process.setuid(Number(uid));
}
const lines = [];
try {
  const postgres = await startEmbeddedPostgres({ dataDir, log: (line) => lines.push(line) });
  const { pid, url, home } = postgres;
  console.log(JSON.stringify({ pid, url, home, lines }));
  process.stdin.resume().once('end', () => void postgres.stop());
} catch (error) {
  console.log(JSON.stringify({ error: error.message, lines }));
}
