// The one door to `npm start`, `npm test` and `pnpm demo`. This file is read by every Node that can read
// modules at all, so that a too old one gets a sentence instead of a syntax error: nothing is imported
// before the version is known.
const [major, minor] = process.versions.node.split('.').map(Number);
const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;

if (!supported) {
  console.error(
    `ClawTank needs Node 20.19 or newer (22.12 in the 22 line); this is ${process.versions.node}.`,
  );
  process.exitCode = 1;
} else {
  import('./run.mjs')
    .then(({ run }) => run(process.argv[2], process.argv.slice(3)))
    .catch((error) => {
      console.error(error && error.forPeople ? error.message : error);
      process.exitCode = 1;
    });
}
