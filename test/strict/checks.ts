import { fileChecks } from './file-checks.ts';
import { jsonChecks } from './json-checks.ts';
import { textChecks } from './text-checks.ts';
import { timeChecks } from './time-checks.ts';

export const checks = Object.entries({ ...jsonChecks, ...timeChecks, ...textChecks, ...fileChecks });
