import { onTestFinished } from 'vitest';
import { fileLineOn } from '#domain/participants/files/file-line.ts';
import { serveMainframe } from '#examples/systems/mainframe/mainframe.ts';
import { type Clock, systemClock } from '#lib/clock.ts';
import { sftpOutside } from '#lib/outside/sftp.ts';
import { type Manifest, manifest } from '#systems/manifest.ts';
import type { Ask, RemoteFiles } from '#systems/protocol.ts';
import { printer } from '#test/participants/printer.ts';
import { talk } from '#test/systems/partner-client.ts';
import { localEndpoint } from '#test/systems/programmed-partner.ts';

export const system: Manifest = { ...manifest.parse(printer), timeoutMs: 2_000 };
const { layout } = system.file as NonNullable<Manifest['file']>;
const names = { 'lockstep/printer-host-key': 'hostKey', 'lockstep/printer-password': 'password' } as const;
const token = '8d3f6c1e-5b7a-5c2d-9e4f-1a2b3c4d5e6f';
export const file = `LS-${token.replaceAll('-', '')}`;

type Line = {
  secrets?: Record<string, string>;
  url?: string;
  clock?: Clock;
  of?: Partial<Manifest>;
  privateAddresses?: boolean;
};

/** A mainframe for one test, and the line to it. */
export async function open() {
  const served = await serveMainframe({ clock: systemClock, layout });
  onTestFinished(() => served.close());
  const known = {
    [Object.keys(names)[0] as string]: served.hostKey,
    [Object.keys(names)[1] as string]: served.password,
  };
  const use = async <T>(
    work: (files: RemoteFiles) => Promise<T>,
    { secrets = known, url = served.sftp, clock = systemClock, of = {}, privateAddresses = true }: Line = {},
    more: Partial<Ask> = {},
  ) => {
    const get = async (name: string) => secrets[name] ?? Promise.reject(new Error('there is no such secret'));
    const endpoint = () => ({ ...localEndpoint(url), privateAddresses });
    const line = fileLineOn(sftpOutside({ clock, endpoint, secrets: { readSecret: get } }));
    const ask = {
      system: { ...system, ...of },
      outsideToken: token,
      notAfter: Date.now() + 5_000,
      ...more,
    } as Ask;
    return line(ask, 'prepare', work);
  };
  const { misbehave, books } = talk(served.url);
  return {
    served,
    known,
    use,
    misbehave,
    arrivals: async () => (await books()).arrivals.map(({ call }) => call),
  };
}
export const read = async (files: RemoteFiles, path: string) => {
  const chunks = await files.read(path);
  return chunks && Buffer.concat(await Array.fromAsync(chunks));
};
export const pattern = (bytes: number) =>
  Buffer.from(Uint8Array.from({ length: bytes }, (_, at) => (at * 31 + (at >> 8)) % 251));
