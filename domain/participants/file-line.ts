import type { SftpOutside } from '#lib/sftp-outside.ts';
import type { Lines } from '#systems/contract.ts';

/** A phase's session with a system's folder: its time limit is the manifest's for that phase. */
export const fileLineOn =
  (sftp: SftpOutside): Lines['sftp'] =>
  ({ system, notAfter }, phase, use) =>
    sftp({ system, timeoutMs: system.calls[phase]?.timeoutMs ?? system.timeoutMs, notAfter }, use);
