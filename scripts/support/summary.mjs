// The one summary at the end of `npm test`.

/**
 * Results are { name, ok, files, passed, failed, skipped }; skipped holds titles, each with its
 * reason. Answers whether all went well.
 */
export function printSummary(results, seconds, remarks = []) {
  const lines = ['', 'summary'];
  const total = { name: 'total', files: 0, passed: 0, failed: 0, skipped: [] };
  for (const result of results) {
    total.files += result.files;
    total.passed += result.passed;
    total.failed += result.failed;
    total.skipped.push(...result.skipped);
    lines.push(row(result) + (result.ok ? '' : '   ← failed'));
  }
  lines.push(`${row(total)}   in ${seconds.toFixed(1)} s`);
  if (total.skipped.length > 0) lines.push('', 'skipped:');
  lines.push(...total.skipped.map(title => `  - ${title}`), ...remarks);
  process.stdout.write(`${lines.join('\n')}\n`);
  return results.every(result => result.ok) && total.failed === 0;
}

function row({ name, files, passed, failed, skipped }) {
  const number = (value, what, width) => `${String(value).padStart(width)} ${what}`;
  return [
    `  ${name.padEnd(9)}`,
    number(files, files === 1 ? 'file ' : 'files', 4),
    number(passed + failed, 'ran', 6),
    number(passed, 'passed', 6),
    number(failed, 'failed', 4),
    number(skipped.length, 'skipped', 4),
  ].join('  ');
}
