import { eventually } from './eventually.ts';
import type { Scene, SystemView } from './ohio-scene.ts';

type Ticket = {
  ticket_id: string;
  sync_id: string;
  state: string;
  cause: string;
  known: SystemView[];
  safe_actions: { action: string; systems?: string[] }[];
  next_safe_action: string;
};
type Read = { ticket: Ticket; etag: string };

/**
 * The open ticket, from the list and then by its id. `cause`: text that its cause must contain.
 */
export async function readTicket(
  { operator, id }: Scene,
  state: 'open' | 'closed',
  cause = '',
): Promise<Read> {
  const listed = await eventually(
    async () =>
      ((await operator('GET', `/ops/v1/tickets?state=${state}`)).body.items as Ticket[]).find(
        (ticket) => ticket.sync_id === id && ticket.cause.includes(cause),
      ),
    (found) => found !== undefined,
  );
  const answer = await operator('GET', `/ops/v1/tickets/${listed?.ticket_id}`);
  return { ticket: answer.body as Ticket, etag: answer.headers.get('etag') ?? '' };
}

/** Shows the open ticket. */
export async function theTicket(scene: Scene, dead: string): Promise<void> {
  const { story } = scene;
  story.show('curl -H "Authorization: Bearer $OPERATOR" "$API/ops/v1/tickets?state=open"');
  const { ticket } = await readTicket(scene, 'open');
  story.show(ticket.ticket_id);
  story.tell(`Cause: ${ticket.cause}`);
  story.tell('Known:');
  for (const known of ticket.known) story.show(`  ${known.system.padEnd(10)} ${votes(known)}`);
  story.tell(`Next safe action: ${ticket.next_safe_action}`);
  story.tell(`Safe actions: ${ticket.safe_actions.map(pressable).join('; ')}`);
  story.claim(`the ticket names ${dead} as the cause`, ticket.cause.includes(dead), ticket);
}

/** An operator's action on the version of the ticket that was just read, with a reason. */
export async function act(scene: Scene, action: string, reason: string): Promise<void> {
  const { story, operator } = scene;
  const { ticket, etag } = await readTicket(scene, 'open');
  story.show('curl -X POST -H "Authorization: Bearer $OPERATOR" \\');
  story.show(`  -H 'If-Match: ${etag}' \\`);
  story.show('  -H "Content-Type: application/json" \\');
  story.show(`  -d '${JSON.stringify({ action, reason })}' \\`);
  story.show(`  $API/ops/v1/tickets/${ticket.ticket_id}/actions`);
  const path = `/ops/v1/tickets/${ticket.ticket_id}/actions`;
  const answer = await operator('POST', path, { headers: { 'If-Match': etag }, body: { action, reason } });
  story.claim(`${action}: taken`, answer.status === 200, answer.body);
}

/** Resumes the system, so that the syncs that wait for it continue. */
export async function resume({ story, operator }: Scene, system: string): Promise<void> {
  const body = { reason: 'the system is back' };
  story.show('curl -X POST -H "Authorization: Bearer $OPERATOR" \\');
  story.show('  -H "Content-Type: application/json" \\');
  story.show(`  -d '${JSON.stringify(body)}' $API/ops/v1/systems/${system}/resume`);
  const answer = await operator('POST', `/ops/v1/systems/${system}/resume`, { body });
  story.claim(
    `${system} is called again, and the syncs that waited for it continue`,
    answer.status === 200,
    answer.body,
  );
}

export async function closed(scene: Scene): Promise<void> {
  const { ticket } = await readTicket(scene, 'closed');
  scene.story.claim(`the ticket is closed. ${ticket.next_safe_action}`, ticket.state === 'closed', ticket);
}

const votes = (known: SystemView) => {
  const phases = (['prepare', 'commit', 'rollback'] as const).flatMap((phase) => {
    const { vote, attempts } = known[phase] ?? {};
    return vote ? [`${phase} ${vote}${attempts && attempts > 1 ? ` ×${attempts}` : ''}`] : [];
  });
  return phases.join(', ') || 'was never called';
};

const pressable = ({ action, systems }: Ticket['safe_actions'][number]) =>
  systems ? `${action} (${systems.join(', ')})` : action;
