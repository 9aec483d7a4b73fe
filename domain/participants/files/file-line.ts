import type { SftpOutside } from '#lib/outside/sftp.ts';
import type { Line } from '#systems/protocol.ts';

/** A phase's session with a system's folder: its time limit is the manifest's for that phase. */
export const fileLineOn =
  (sftp: SftpOutside): Line['sftp'] =>
  ({ system, notAfter }, phase, use) =>
    sftp({ system, timeoutMs: system.calls[phase]?.timeoutMs ?? system.timeoutMs, notAfter }, use);
