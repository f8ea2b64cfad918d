// Prints the test files that failed, a line each; nothing where there are more than a few. Arguments: Jest's JSON
// report, and how many are a few.
import { existsSync, readFileSync } from 'node:fs';

const [reportFile, few] = process.argv.slice(2);
const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : { testResults: [] };
const files = report.testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
if (files.length <= Number(few)) for (const file of files) console.log(file);
