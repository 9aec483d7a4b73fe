import { randomUUID } from 'node:crypto';
import { demo, demoKeys, demoSlots, makeDemoSlots } from './demo.ts';
import { announce, type Running } from './running.ts';
import { storeOf } from './store-of.ts';

/** The greeting on the terminal: the address, keys that work, and lines to paste. */
export const greet = async (running: Running): Promise<void> => {
  const keys = running.keys ?? (await prepare(running));
  process.stdout.write(`${greeting({ ...running, keys })}\n`);
};

/** The demo's keys and slots, made by the first start; a second start shows the same. */
const prepare = async (running: Running): Promise<Record<string, string>> => {
  const store = storeOf(running);
  const keys = await demoKeys(store);
  await makeDemoSlots(store);
  announce({ ...running, keys });
  return keys;
};

type Greeted = { baseUrl: string; switchboard: string; keys: Record<string, string> };

const greeting = ({ baseUrl, switchboard, keys }: Greeted): string => {
  const reserve = [
    'curl -X POST -H "Authorization: Bearer $KEY" \\',
    '  -H "Idempotency-Key: abc123" \\',
    `  $API/api/v1/slots/${demoSlots[0]}/reservations`,
  ];
  return [
    '',
    `Lockstep runs at ${baseUrl}`,
    `Its API, with a page to try it: ${baseUrl}/api/docs`,
    '',
    `Keys of the tenant ${demo}; they are valid until it stops:`,
    ...Object.entries(keys).map(([role, key]) => `  ${role.padEnd(9)}  ${key}`),
    '',
    `Slots ${demoSlots.join(' and ')} are there. In another terminal:`,
    '',
    `API=${baseUrl}`,
    `KEY=${keys.booker}`,
    '',
    'Reserve one:',
    '',
    ...reserve,
    '',
    'Repeat it: the same answer, and no duplicate:',
    '',
    ...reserve,
    '',
    'Read the board:',
    '',
    'curl -H "Authorization: Bearer $KEY" \\',
    '  $API/api/v1/board',
    '',
    'Change a benefit at three systems at once:',
    '',
    `PUBLISHER=${keys.publisher}`,
    `ID=${randomUUID()}`,
    '',
    'curl -X POST -H "Authorization: Bearer $PUBLISHER" \\',
    '  -H "Content-Type: application/json" $API/api/v1/events -d \\',
    '  \'{"id":"\'$ID\'","type":"benefit_adjusted","payload":{"state":"OH","delta_usd":25}}\'',
    '',
    'Read it, again while its state is preparing or committing:',
    '',
    'curl -H "Authorization: Bearer $PUBLISHER" $API/api/v1/syncs/$ID',
    '',
    'Read what was done, row by row:',
    '',
    'curl -H "Authorization: Bearer $PUBLISHER" \\',
    '  $API/api/v1/syncs/$ID/ledger',
    '',
    'Undo it everywhere:',
    '',
    'curl -X POST -H "Authorization: Bearer $PUBLISHER" \\',
    '  $API/api/v1/rollbacks/$ID',
    '',
    'Kill a system, and bring it back:',
    '',
    `curl -X POST ${switchboard}/kill/debit`,
    `curl -X POST ${switchboard}/revive/debit`,
    '',
    '`npx lockstep --help` lists the commands of an operator.',
    '',
  ].join('\n');
};
