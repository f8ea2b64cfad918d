// Prints what failed or was left out, and as the last line "N passed, N failed". Arguments: Jest's JSON
// report, that of the files that were run again if there is one, then the names of the steps that failed.
import { existsSync, readFileSync } from 'node:fs';

const [reportFile, againFile, ...failedSteps] = process.argv.slice(2);

/** Tests of these are never left out here: what they need was installed. */
const REQUIRED = /CLAWTANK_TEST_REDIS_URL|CLAWTANK_TEST_CHROMIUM/;

const NOTHING = { testResults: [] };
const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : NOTHING);
const report = read(reportFile);
/** By file: those that passed when they were run again. */
const mended = new Map(
  read(againFile)
    .testResults.filter(({ status }) => status === 'passed')
    .map((file) => [file.name, file]),
);
const results = report.testResults.map((file) => mended.get(file.name) ?? file);
const unstable = report.testResults
  .filter(({ name }) => mended.has(name))
  .flatMap(({ name, assertionResults }) => {
    const tests = assertionResults.filter(({ status }) => status === 'failed');
    return tests.length === 0 ? [name] : tests.map(({ fullName }) => fullName);
  });

const tests = results.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file: file.name })));
const failed = tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
const skipped = tests.filter(({ status }) => status === 'pending');
const forbidden = skipped
  .filter(({ file }) => REQUIRED.test(readFileSync(file, 'utf8')))
  .map(({ fullName }) => `left out: ${fullName}`);
// A file that could not even be loaded has no tests to count.
const broken = results
  .filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
  .map(({ name }) => `could not run: ${name}`);
// The step "tests" fails whenever a test does; it counts only when nothing else explains it.
const explained = failed.length + broken.length + unstable.length > 0;
const steps = failedSteps
  .filter((name) => !['tests', 'tests again'].includes(name) || !explained)
  .map((name) => `step failed: ${name}`);

if (skipped.length > 0) console.log(`\n${skipped.length} skipped:`);
for (const { fullName } of skipped) console.log(`  ${fullName}`);

if (unstable.length > 0)
  console.log(`\nUNSTABLE, failed at first and passed alone:\n  ${unstable.join('\n  ')}`);

const all = [...failed, ...broken, ...forbidden, ...steps];
if (all.length > 0) console.log(`\nfailed:\n  ${all.join('\n  ')}`);

const passed = tests.filter(({ status }) => status === 'passed').length;
console.log(`\n${passed} passed, ${all.length} failed`);
process.exitCode = all.length > 0 || passed === 0 ? 1 : 0;
