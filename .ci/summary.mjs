// Prints what failed or was left out, and as the last line "N passed, N failed". Arguments: Jest's JSON
// report, then the names of the steps of the run that failed.
import { existsSync, readFileSync } from 'node:fs';

const [reportFile, ...failedSteps] = process.argv.slice(2);

/** Tests of these are never left out here: what they need was installed. */
const REQUIRED = /CLAWTANK_TEST_REDIS_URL|CLAWTANK_TEST_CHROMIUM/;

const NOTHING = { numPassedTests: 0, testResults: [] };
const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : NOTHING;

const tests = report.testResults.flatMap((file) =>
  file.assertionResults.map((test) => ({ ...test, file: file.name })),
);
const failed = tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
const skipped = tests.filter(({ status }) => status === 'pending');
const forbidden = skipped
  .filter(({ file }) => REQUIRED.test(readFileSync(file, 'utf8')))
  .map(({ fullName }) => `left out: ${fullName}`);
// A file that could not even be loaded has no tests to count.
const broken = report.testResults
  .filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
  .map(({ name }) => `could not run: ${name}`);
// The step "tests" fails whenever a test does; it counts only when nothing else explains it.
const explained = failed.length + broken.length > 0;
const steps = failedSteps
  .filter((name) => name !== 'tests' || !explained)
  .map((name) => `step failed: ${name}`);

if (skipped.length > 0) console.log(`\n${skipped.length} skipped:`);
for (const { fullName } of skipped) console.log(`  ${fullName}`);

const all = [...failed, ...broken, ...forbidden, ...steps];
if (all.length > 0) console.log(`\nfailed:\n  ${all.join('\n  ')}`);

console.log(`\n${report.numPassedTests} passed, ${all.length} failed`);
process.exitCode = all.length > 0 || report.numPassedTests === 0 ? 1 : 0;
