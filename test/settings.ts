import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { upperSnake } from '#infra/read/settings.ts';

const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'cdk.json'), 'utf8'));
const usual = new Map(
  Object.entries(context.settings).map(([name, value]) => [upperSnake(name), Number(value)] as const),
);

/** The settings of cdk.json by the names of their variables; `more` overrides some. */
export const settingsOf =
  (more: Record<string, number> = {}) =>
  (name: string): number => {
    const value = more[name] ?? usual.get(name);
    if (value === undefined || Number.isNaN(value)) throw new Error(`cdk.json has no number ${name}`);
    return value;
  };
