import { type Command, Option } from 'commander';
import { apiKeysOn, type Role, roles } from '#domain/access/api-keys.ts';
import { createKey, listKeys, revokeKey } from '#domain/access/change-keys.ts';
import { newId } from '#lib/ids.ts';
import { type Tenanted, tenanted } from './tenanted.ts';
import { json, lines, say, table } from './terminal.ts';
import { openTools } from './tools.ts';

type Asked = Tenanted & { role: Role; system?: string };

/** `keys create | list | revoke`. */
export function addKeys(keys: Command): void {
  tenanted(keys.command('create'))
    .description('make a key; it is shown once and never stored')
    .addOption(new Option('--role <role>', 'what the key may do').choices(roles).makeOptionMandatory())
    .option('--system <name>', 'the outside system that uses the key, with --role system')
    .action((_, command: Command) => create(command.optsWithGlobals()));
  tenanted(keys.command('list'))
    .description('list the keys, without their secrets')
    .action((_, command: Command) => list(command.optsWithGlobals()));
  tenanted(keys.command('revoke <id>'))
    .description('end a key; it is refused everywhere within a minute')
    .action((id: string, _, command: Command) => revoke(id, command.optsWithGlobals()));
}

const openAccesses = async (asked: Asked) => {
  const { store, clock } = await openTools(asked);
  return { accesses: apiKeysOn(store), clock, newId: () => `key_${newId()}` };
};

async function create({ tenant, role, system, ...asked }: Asked): Promise<void> {
  if (system) await mustKnow(system, asked);
  const made = await createKey({ tenant, role, system }, await openAccesses({ tenant, role, ...asked }));
  say(
    `A ${role} key of ${tenant}${system ? ` for ${system}` : ''}, ${made.id}. Store it now: it is not shown again.`,
  );
  if (asked.json) json({ tenant, role, ...(system && { system }), ...made });
  else lines([made.key]);
}

/** Refuses a key for a system that no manifest describes. */
async function mustKnow(system: string, asked: { stack: string }): Promise<void> {
  const { systems } = await openTools(asked);
  if (!systems.includes(system))
    throw new Error(`There is no system ${system}: the systems are ${systems.join(', ')}.`);
}

async function list({ tenant, ...asked }: Asked): Promise<void> {
  const found = await listKeys(tenant, await openAccesses({ tenant, ...asked }));
  if (asked.json) return json(found);
  if (found.length === 0) return say(`${tenant} has no keys.`);
  table(
    ['ID', 'ROLE', 'SYSTEM', 'MADE', 'REVOKED'],
    found.map(({ id, role, system, createdAt, revokedAt }) => [
      id,
      role,
      system ?? '',
      createdAt,
      revokedAt ?? '',
    ]),
  );
}

async function revoke(id: string, { tenant, ...asked }: Asked): Promise<void> {
  await revokeKey({ tenant, id }, await openAccesses({ tenant, ...asked }));
  say(`${id} is revoked. A function that used it lately accepts it for up to a minute.`);
  if (asked.json) json({ tenant, id, revoked: true });
}
