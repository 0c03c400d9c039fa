// Several checks in a row. All of them run, also after a failure: one run shows everything.

/**
 * Steps are { name, body, missing? }: body answers whether it went well, or throws; a step with
 * `missing` (the name of a tool that is not there) is skipped, and the table says so. Answers
 * whether no step failed.
 */
export async function runSteps(title, steps) {
  const rows = [];
  for (const { name, body, missing } of steps) {
    const begin = performance.now();
    let outcome = 'ok';
    if (missing) {
      outcome = `SKIPPED: ${missing} is missing`;
    } else {
      process.stdout.write(`\n── ${name}\n`);
      if (!(await succeeds(body))) outcome = 'FAILED';
    }
    rows.push({ name, outcome, seconds: (performance.now() - begin) / 1000 });
  }
  const row = ({ name, outcome, seconds }) =>
    `  ${name.padEnd(22)} ${seconds.toFixed(1).padStart(7)} s   ${outcome}`;
  process.stdout.write(`\n${title}\n${rows.map(row).join('\n')}\n`);
  return rows.every(({ outcome }) => outcome !== 'FAILED');
}

async function succeeds(body) {
  try {
    return (await body()) === true;
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return false;
  }
}
