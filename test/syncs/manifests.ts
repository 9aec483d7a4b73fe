import cheques from '#systems/cheques.json' with { type: 'json' };
import dashboard from '#systems/dashboard.json' with { type: 'json' };
import debit from '#systems/debit.json' with { type: 'json' };
import { type Manifest, manifest } from '#systems/manifest.ts';
import gazette from '#test/participants/gazette.json' with { type: 'json' };
import letters from '#test/participants/letters.json' with { type: 'json' };
import vault from '#test/participants/vault.json' with { type: 'json' };
import type { OfficeName } from './scripted-offices.ts';

/**
 * The product's three systems, and test systems that cannot recognise a repeat (letters), cannot
 * be undone (gazette), or reserve for an hour (vault).
 */
export const manifests: Record<OfficeName, Manifest> = {
  debit: manifest.parse(debit),
  cheques: manifest.parse(cheques),
  dashboard: manifest.parse(dashboard),
  letters: manifest.parse(letters),
  gazette: manifest.parse(gazette),
  vault: manifest.parse(vault),
};

/** With ten seconds for each call: a busy machine may need them, where no test is about a time limit. */
export const patient = (system: Manifest): Manifest => ({
  ...system,
  calls: Object.fromEntries(
    Object.entries(system.calls).map(([phase, call]) => [phase, { ...call, timeoutMs: 10_000 }]),
  ),
});
