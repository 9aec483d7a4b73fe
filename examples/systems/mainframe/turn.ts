import ssh2 from 'ssh2';
import type { Told } from './orders.ts';

export const { STATUS_CODE: status, OPEN_MODE: mode } = ssh2.utils.sftp;

/**
 * One request as the server sees it. `act` does it and returns the answer; `answer` sends a status
 * instead.
 */
export type Turn = {
  act: () => () => void;
  answer: (code: number) => void;
  drop: () => void;
  die: () => void;
  pause: (ms: number) => Promise<void>;
};

/**
 * Handles a request by its order. hang, refuse, fail, drop-before and die leave the files
 * unchanged; with the others only the answer or the time is wrong.
 */
export async function perform(
  told: Told | undefined,
  { act, answer, drop, die, pause }: Turn,
): Promise<void> {
  switch (told?.behaviour) {
    case 'hang':
      return;
    case 'refuse':
      return answer(status.PERMISSION_DENIED);
    case 'fail':
      return answer(status.FAILURE);
    case 'drop-before':
      return drop();
    case 'die':
      return die();
    case 'late':
      return pause(told.delayMs).then(() => act()());
    case 'slow': {
      const reply = act();
      return pause(told.delayMs).then(reply);
    }
    case 'drop-after':
      act();
      return drop();
    case 'die-after':
      act();
      return die();
    default:
      return act()();
  }
}
