/** A printer's manifest with another format: lines of ASCII, and the sign in the last digit. */
export const printer = {
  name: 'printer',
  title: 'Line Printer',
  adapter: 'fixed-width-sftp',
  takes: { 'benefit.adjusted': {} },
  calls: { prepare: {}, commit: {}, rollback: {}, query: {} },
  batch: { by: 'whole' },
  file: {
    layout: {
      encoding: 'ascii',
      newline: true,
      header: [
        { name: 'type', width: 1, as: 'text', value: 'H' },
        { name: 'kind', width: 8, as: 'text', from: '{kind}' },
        { name: 'token', width: 32, as: 'text', from: '{token}' },
        { name: 'sequence', width: 16, as: 'digits', from: '{sequence}' },
        { name: 'created', width: 16, as: 'text', from: '{created}' },
        { name: 'state', width: 7, as: 'text', from: '{payload.state}', optional: true },
      ],
      record: [
        { name: 'type', width: 1, as: 'text', value: 'D' },
        { name: 'id', width: 28, as: 'text', from: '{item.id}' },
        { name: 'payee', width: 40, as: 'text', from: '{item.payee}', optional: true },
        { name: 'amount_minor', width: 11, as: 'zoned', signed: true, from: '{item.amount_minor}' },
      ],
      trailer: [
        { name: 'type', width: 1, as: 'text', value: 'T' },
        { name: 'count', width: 10, as: 'digits', from: '{count}' },
        { name: 'amount_minor', width: 15, as: 'zoned', signed: true, from: '{amount_minor}' },
        { name: 'rest', width: 54, as: 'text', value: '' },
      ],
    },
  },
  capabilities: {
    prepare: 'reserve',
    undo: 'compensate',
    query: true,
    idempotent: 'native-key',
    tombstone: true,
  },
  secrets: { 'host-key': 'lockstep/printer-host-key', password: 'lockstep/printer-password' },
};
