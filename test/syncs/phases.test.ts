import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { phaseOf, sagaPhases } from '#domain/syncs/saga/phases.ts';
import type { Sync } from '#domain/syncs/sync.ts';
import { phases } from '#systems/protocol.ts';

const decided = (to?: 'commit' | 'abort' | 'undo') =>
  ({ ...(to && { decision: { to } }) }) as unknown as Sync;

describe('the phases of the saga', () => {
  it('are the files of one folder, each under its own name', () => {
    const files = readdirSync(join(import.meta.dirname, '../../domain/syncs/saga/phases')).map((file) =>
      file.replace('.ts', ''),
    );
    expect(files.sort()).toEqual([...phases].sort());
    for (const phase of phases) expect(sagaPhases[phase].name).toBe(phase);
  });

  it('take turns by the decision: exactly one is due at any time', () => {
    const due = [undefined, 'commit', 'abort', 'undo'] as const;
    const found = due.map((to) => Object.values(sagaPhases).filter(({ isDue }) => isDue(decided(to))));
    expect(found.map((each) => each.map(({ name }) => name))).toEqual([
      ['prepare'],
      ['commit'],
      ['rollback'],
      ['rollback'],
    ]);
    expect(due.map((to) => phaseOf(decided(to)))).toEqual(['prepare', 'commit', 'rollback', 'rollback']);
  });
});
