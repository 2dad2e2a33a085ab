import { spawnSync } from 'node:child_process';
import { templateDir } from './app.ts';

/**
 * CloudFormation's linter over the synthesized templates, where it is installed (`pip install cfn-lint`).
 * W3005: the library repeats a dependency that a reference already makes.
 */
const { status, error } = spawnSync('cfn-lint', ['--ignore-checks', 'W3005', '--', `${templateDir}/*.template.json`], {
  stdio: 'inherit',
});
if (error) process.stderr.write('cfn-lint is not installed: templates not linted\n');
process.exitCode = error ? 0 : (status ?? 1);
