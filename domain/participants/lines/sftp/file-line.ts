import type { SftpOutside } from '#lib/outside/sftp.ts';
import type { Line } from '#systems/protocol.ts';

/** One phase's session in a system's folder, with the time limit of that phase in the manifest. */
export const fileLineOn =
  (sftp: SftpOutside): Line['sftp'] =>
  ({ system, notAfter }, phase, use) =>
    sftp({ system, timeoutMs: system.calls[phase]?.timeoutMs ?? system.timeoutMs, notAfter }, use);
