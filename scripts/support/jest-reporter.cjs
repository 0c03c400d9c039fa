'use strict';

// Writes what a run of jest came to into the file that SAEA_TEST_REPORT names, anew after each test
// file, so that it is there also when the process dies. Jest's own --json writes every error with
// all that it refers to, and fails where that goes round in a circle.

const fs = require('node:fs');
const path = require('node:path');

module.exports = class CountingReporter {
  #report = { running: 'nothing', files: 0, passed: 0, failures: [], skipped: [] };

  onTestFileStart(test) {
    this.#report.running = path.basename(test.path);
    this.#write();
  }

  onTestResult(test, { testExecError, testResults }) {
    const file = path.basename(test.path);
    const report = this.#report;
    report.files += 1;
    // A file that could not be run counts as one failed test.
    if (testExecError && testResults.length === 0) report.failures.push(file);
    for (const { status, fullName } of testResults) {
      if (status === 'passed') report.passed += 1;
      else if (status === 'failed') report.failures.push(`${file}: ${fullName}`);
      else report.skipped.push(fullName);
    }
    this.#write();
  }

  onRunComplete() {
    delete this.#report.running;
    this.#write();
  }

  #write() {
    fs.writeFileSync(process.env.SAEA_TEST_REPORT, JSON.stringify(this.#report));
  }
};
