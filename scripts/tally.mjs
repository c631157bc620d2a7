// Prints "N passed, N failed" from vitest's JSON report.
import { readFileSync } from 'node:fs';

const [, , path] = process.argv;
const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(path, 'utf8'));
// A file that could not even be loaded has no tests to count, but it has failed.
const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
console.log(`${numPassedTests} passed, ${numFailedTests + broken.length} failed`);
