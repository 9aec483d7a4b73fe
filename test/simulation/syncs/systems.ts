import { changeBooks } from '#examples/systems/change-books.ts';
import type { Clock } from '#lib/clock.ts';
import dashboard from '#systems/dashboard.json' with { type: 'json' };
import debit from '#systems/debit.json' with { type: 'json' };
import { type Manifest, manifest } from '#systems/manifest.ts';
import gazette from '#test/participants/gazette.json' with { type: 'json' };
import letters from '#test/participants/letters.json' with { type: 'json' };
import vault from '#test/participants/vault.json' with { type: 'json' };

export type Name = 'debit' | 'vault' | 'dashboard' | 'letters' | 'gazette' | 'depot';
export type Books = ReturnType<typeof changeBooks>;

/** A store that reserves, and has no tombstones. */
const depot = {
  ...dashboard,
  name: 'depot',
  title: 'Depot',
  capabilities: { ...dashboard.capabilities, tombstone: false },
};

export const systems: Record<Name, Manifest> = {
  debit: manifest.parse(debit),
  vault: manifest.parse(vault),
  dashboard: manifest.parse(dashboard),
  letters: manifest.parse(letters),
  gazette: manifest.parse(gazette),
  depot: manifest.parse(depot),
};

/** Each system's word for a finished call, from its manifest. */
export const words: Record<Name, Record<'prepare' | 'commit' | 'rollback', string>> = {
  debit: { prepare: 'accepted', commit: 'loaded', rollback: 'reversed' },
  vault: { prepare: 'reserved', commit: 'paid', rollback: 'returned' },
  dashboard: { prepare: 'staged', commit: 'published', rollback: 'retracted' },
  letters: { prepare: 'checked', commit: 'sent', rollback: 'corrected' },
  gazette: { prepare: 'checked', commit: 'published', rollback: '' },
  depot: { prepare: 'staged', commit: 'published', rollback: 'retracted' },
};

/** `holdMs`: how long the vault keeps a reservation. */
export const openBooks = (clock: Clock, holdMs: number): Record<Name, Books> => ({
  debit: changeBooks({ clock }),
  vault: changeBooks({ clock, reserves: true, holdMs }),
  dashboard: changeBooks({ clock, reserves: true }),
  letters: changeBooks({ clock, idempotent: 'none' }),
  gazette: changeBooks({ clock }),
  depot: changeBooks({ clock, reserves: true, tombstone: false }),
});
