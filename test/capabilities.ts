/**
 * What `npm test -- --only NAME` runs for a capability: its paths under test/, without an engine.
 */
export const capabilities: Record<string, string[]> = {
  batches: ['test/batches/', 'test/lib/fixed-width/'],
  evidence: ['test/evidence/', 'test/lib/merkle', 'test/lib/signer'],
  infra: ['test/infra/'],
  partners: ['test/contracts/', 'test/participants/', 'test/systems/', 'test/lib/outside', 'test/lib/sftp'],
  slots: ['test/domain/'],
  syncs: ['test/syncs/', 'test/participants/'],
  table: ['test/table/'],
};
